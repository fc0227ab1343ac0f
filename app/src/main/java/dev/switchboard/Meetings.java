package dev.switchboard;

import dev.switchboard.call.MeetingProvider;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.bigbluebutton.BigBlueButtonProvider;
import dev.switchboard.meeting.jitsi.JitsiProvider;
import dev.switchboard.meeting.link.LinkProvider;
import dev.switchboard.settings.Settings;
import java.time.Clock;

/** The meeting server that the settings name. */
final class Meetings {
    private Meetings() {}

    /** Asks the server nothing yet. */
    static MeetingProvider of(Settings settings, Clock clock) {
        return switch (settings.provider()) {
            case LINK -> new LinkProvider(settings.meetingUrl(), settings.desktopUrl());
            case JITSI ->
                new JitsiProvider(
                        settings.meetingUrl(),
                        settings.desktopUrl(),
                        settings.jitsi().orElseThrow(),
                        new MeetingHttp(settings.proxies(), clock),
                        clock);
            case BIGBLUEBUTTON ->
                new BigBlueButtonProvider(
                        settings.bigBlueButton().orElseThrow(),
                        settings.emptyGrace(),
                        new MeetingHttp(settings.proxies(), clock),
                        clock);
        };
    }
}
