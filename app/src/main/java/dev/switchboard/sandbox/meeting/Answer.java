package dev.switchboard.sandbox.meeting;

import java.util.Map;

/**
 * What a meeting server answers.
 *
 * @param contentType empty when the answer has none
 */
record Answer(int status, String contentType, Map<String, String> headers, String body) {
    static Answer of(int status, String contentType, String body) {
        return new Answer(status, contentType, Map.of(), body);
    }

    /** Prosody's and most proxies' way to fail: a web page. */
    static Answer page(int status, String words) {
        return of(
                status,
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html>\n<head><title>" + status + ' ' + words + "</title></head>\n<body><h1>" + words
                        + "</h1></body>\n</html>\n");
    }

    /** A redirection of a browser. */
    static Answer redirect(String to) {
        return new Answer(302, "", Map.of("Location", to), "");
    }
}
