package dev.switchboard.meeting.jitsi.prosody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Room;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.jitsi.JitsiProvider;
import dev.switchboard.settings.JitsiSettings;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A company's Jitsi: a Prosody, and the provider that asks it, each from the outside. */
final class Site implements AutoCloseable {
    private final Prosody prosody;
    private final JitsiProvider provider;
    private final List<Tab> tabs = new ArrayList<>();

    private Site(Prosody prosody, JitsiProvider provider) {
        this.prosody = prosody;
        this.provider = provider;
    }

    /** Where the provider's settings are right. */
    static Site with(Path home, Prosody.Options options) throws IOException {
        return with(home, options, Prosody.DOMAIN, Optional.empty());
    }

    /**
     * Where the settings may be wrong.
     *
     * @param xmppDomain as the admin wrote it
     * @param appSecret as the admin wrote it; empty: no tokens
     */
    static Site with(Path home, Prosody.Options options, String xmppDomain, Optional<String> appSecret)
            throws IOException {
        Prosody prosody = Prosody.start(home, options);
        Optional<JitsiSettings.App> app = appSecret.map(
                secret -> new JitsiSettings.App(Prosody.APP_ID, Optional.of(new Secret(secret)), Optional.empty()));
        Clock clock = Clock.systemUTC();
        JitsiProvider provider = new JitsiProvider(
                prosody.api() + "/{room}",
                Optional.empty(),
                new JitsiSettings(prosody.api(), xmppDomain, Optional.empty(), app, "jitsi", Optional.empty()),
                new MeetingHttp(Proxies.none(), clock),
                clock);
        return new Site(prosody, provider);
    }

    Prosody prosody() {
        return prosody;
    }

    JitsiProvider provider() {
        return provider;
    }

    /** The room that a link with this path leads to. */
    Room room(String path) {
        return provider.recognise(URI.create(prosody.api() + "/" + path)).orElseThrow();
    }

    /** What the provider says of the room now. */
    Presence look(String path) {
        Room room = room(path);
        return provider.poll(List.of(room)).getOrDefault(room.key(), new Unknown("missing", Optional.empty()));
    }

    /** Who is in the room now, which has to be there. */
    List<Occupant> people(String path) {
        Presence presence = look(path);
        assertThat(presence).isInstanceOf(Live.class);
        return ((Live) presence).people();
    }

    List<String> names(String path) {
        return people(path).stream().map(Occupant::name).toList();
    }

    /** The focus joins, and so opens the room. */
    Tab focus(String node) throws IOException {
        return kept(Tab.focus(prosody, node));
    }

    /** A guest joins. */
    Tab tab(String node, String session, String name, String email) throws IOException {
        return kept(Tab.open(prosody, node, session, name, email));
    }

    private Tab kept(Tab tab) {
        tabs.add(tab);
        return tab;
    }

    @Override
    public void close() throws IOException {
        for (Tab tab : tabs) {
            tab.breakOff();
        }
        provider.close();
        prosody.close();
    }
}
