package dev.switchboard;

import dev.switchboard.settings.BigBlueButtonSettings;
import dev.switchboard.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The app's manifest, to be pasted where Slack offers "From a manifest" (https://docs.slack.dev/app-manifests). */
final class Manifest {
    /** The one scope that everything else works without. */
    static final String EMAIL = "users:read.email";

    /** What the bot asks for, each with the reason. */
    static final List<Scope> SCOPES = List.of(
            new Scope("calls:read", "look up what Slack shows of a Call"),
            new Scope("calls:write", "register Calls, and keep them true"),
            new Scope("channels:history", "find a message whose reply was lost, before sending it again"),
            new Scope("channels:read", "tell public channels from private ones, for /call list"),
            new Scope("chat:write", "post the Call's card"),
            new Scope("chat:write.public", "post it in public channels without being invited"),
            new Scope("commands", "the slash command"),
            new Scope("groups:history", "as channels:history, in private channels the app is in"),
            new Scope("groups:read", "as channels:read, in private channels the app is in"),
            new Scope("im:history", "as channels:history, in its direct messages"),
            new Scope("im:read", "as channels:read, in its direct messages"),
            new Scope("im:write", "ring people by direct message"),
            new Scope("links:read", "see links to the meeting server"),
            new Scope("links:write", "unfurl them"),
            new Scope("mpim:history", "as channels:history, in group messages the app is in"),
            new Scope("mpim:read", "as channels:read, in group messages the app is in"),
            new Scope("users:read", "tell who is an admin and may end any Call"),
            new Scope(
                    EMAIL,
                    "show who is in a room as themselves, by the e-mail address the meeting server knows; can be left out"));

    private Manifest() {}

    /** A scope and what it is for. */
    record Scope(String name, String why) {}

    /** The manifest as YAML. */
    static String yaml(Settings settings) {
        return """
                display_information:
                  name: Switchboard
                  description: Calls on our own meeting server
                  background_color: "#1d3a5f"
                features:
                  app_home:
                    home_tab_enabled: false
                    messages_tab_enabled: true
                    messages_tab_read_only_enabled: true
                  bot_user:
                    display_name: Switchboard
                    always_online: true
                  slash_commands:
                    - command: %s
                      description: Start a Call here
                      usage_hint: "[@people] [title] | invite @people | rename title | info | end | list | history | help"
                      should_escape: true
                  unfurl_domains:
                %s
                oauth_config:
                  scopes:
                    bot:
                %s
                settings:
                  event_subscriptions:
                    bot_events:
                      - call_rejected
                      - link_shared
                  interactivity:
                    is_enabled: true
                  org_deploy_enabled: false
                  socket_mode_enabled: true
                  token_rotation_enabled: false
                """.formatted(
                        settings.command(),
                        hosts(settings).map(host -> "    - " + host).collect(Collectors.joining("\n")),
                        SCOPES.stream()
                                .map(scope -> "      - " + scope.name() + " # " + scope.why())
                                .collect(Collectors.joining("\n")));
    }

    /** Whose links Slack is to show us: the meeting server's, and Greenlight's. */
    private static Stream<String> hosts(Settings settings) {
        Stream<URI> greenlight = settings.bigBlueButton().flatMap(BigBlueButtonSettings::greenlightUrl).stream();
        return Stream.concat(Stream.of(URI.create(settings.meetingUrl().replace("{room}", "room"))), greenlight)
                .map(URI::getHost)
                .distinct();
    }
}
