package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message being typed, with a link in it: link_shared with {@code source: composer}. */
public final class Draft {
    private final String unfurlId;
    private final List<String> urls;
    private final Map<String, JsonObject> unfurls = new LinkedHashMap<>();

    Draft(String unfurlId, List<String> urls) {
        this.unfurlId = unfurlId;
        this.urls = List.copyOf(urls);
    }

    /** Also its synthetic {@code message_ts}. */
    public String unfurlId() {
        return unfurlId;
    }

    /** The links in it. */
    public List<String> urls() {
        return urls;
    }

    /** What the app shows under which link. */
    public synchronized Map<String, JsonObject> unfurls() {
        return new LinkedHashMap<>(unfurls);
    }

    synchronized void unfurl(Map<String, JsonObject> more) {
        unfurls.putAll(more);
    }
}
