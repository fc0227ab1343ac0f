package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.meeting.MeetingHttp;
import dev.switchboard.meeting.MeetingHttp.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls of the API, and what came of them. */
final class BbbApi {
    private final SignedUrls urls;
    private final MeetingHttp http;

    BbbApi(SignedUrls urls, MeetingHttp http) {
        this.urls = urls;
        this.http = http;
    }

    /**
     * What came of a call: one of the two is there.
     *
     * @param xml what the API answered, a failure perhaps, whatever the status it came with
     * @param trouble why there is no answer of the API
     */
    record Result(Optional<XmlReply> xml, Optional<Unknown> trouble) {
        /** What the API answered, if it did what was asked. */
        Optional<XmlReply> success() {
            return xml.filter(XmlReply::succeeded);
        }

        /** Why it didn't do what was asked, as presence. */
        Unknown unknown(String call) {
            return trouble.orElseGet(
                    () -> new Unknown(call + ": " + xml.map(XmlReply::why).orElse("no answer"), Optional.empty()));
        }

        /** Whether asking again may help: nothing is wrong with what was asked. */
        boolean worthRetrying() {
            return trouble.isPresent();
        }
    }

    /** Asks the API. */
    Result call(String name, Map<String, String> parameters) {
        return ask(name, urls.of(name, parameters));
    }

    /**
     * Asks for a URL.
     *
     * @param what for the log line
     */
    Result ask(String what, URI url) {
        Reply reply = http.get(url, Map.of());
        if (reply instanceof Reply.Answered answer) {
            Optional<XmlReply> xml = XmlReply.read(answer.stream());
            return new Result(xml, xml.isPresent() ? Optional.empty() : Optional.of(odd(what, answer)));
        }
        return new Result(
                Optional.empty(),
                Optional.of(new Unknown(what + ": " + ((Reply.Failed) reply).why(), Optional.empty())));
    }

    private static Unknown odd(String what, Reply.Answered answer) {
        Optional<Duration> rest = answer.retryAfter();
        return new Unknown(
                what + ": "
                        + (answer.status() == 200 ? "an answer that is not the API's" : "status " + answer.status()),
                rest);
    }
}
