package dev.switchboard.slack;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Slack sends and nobody here listens to: each kind is logged once, for it may come by the hundred. */
final class PassedOver {
    private static final Logger LOG = LoggerFactory.getLogger(PassedOver.class);

    /** More kinds than Slack has; whoever makes them up shall not fill the memory. */
    private static final int MOST = 500;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Something came.
     *
     * @param kind fit for a log line
     */
    void tell(String kind) {
        if (told.size() < MOST && told.add(kind)) {
            LOG.warn("passed over: {} (said once)", kind);
        }
    }
}
