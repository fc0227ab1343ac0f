package dev.switchboard.sandbox.slack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Things going wrong to order. A target is a Web API method ({@code "calls.add"}), {@link #RESPONSE_URL} or
 * {@link #WEBSOCKET}; the first rule that fits a request is used, and used up.
 */
public final class Faults {
    /** Posts to any response_url. */
    public static final String RESPONSE_URL = "response_url";

    /** The upgrade of an HTTP request to a WebSocket. */
    public static final String WEBSOCKET = "websocket";

    private final List<Rule> rules = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();

    Faults() {}

    /** Begins a rule; unless told otherwise it holds for the next request only. */
    public Order on(String target) {
        return new Order(target, 1, arguments -> true);
    }

    /** Forgets all rules; what is held stays held. */
    public void clear() {
        synchronized (rules) {
            rules.clear();
        }
    }

    /** How many requests wait for their effect: delayed or held, whoever sent them may be gone. */
    public int underWay() {
        return underWay.get();
    }

    private Fault counted(Fault fault) {
        return fault.waiting(before -> {
            underWay.incrementAndGet();
            return before.whenComplete((passed, failure) -> underWay.decrementAndGet());
        });
    }

    Optional<Fault> take(String target, Map<String, String> arguments) {
        synchronized (rules) {
            for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
                Rule rule = all.next();
                if (rule.target.equals(target) && rule.condition.test(arguments)) {
                    rule.left--;
                    if (rule.left == 0) {
                        all.remove();
                    }
                    return Optional.of(counted(rule.fault));
                }
            }
            return Optional.empty();
        }
    }

    private static final class Rule {
        private final String target;
        private final Predicate<Map<String, String>> condition;
        private final Fault fault;
        private int left;

        Rule(Order order, Fault fault) {
            this.target = order.target;
            this.condition = order.condition;
            this.left = order.count;
            this.fault = fault;
        }
    }

    /** A rule being written: for which requests, then what. */
    public final class Order {
        private final String target;
        private final int count;
        private final Predicate<Map<String, String>> condition;

        private Order(String target, int count, Predicate<Map<String, String>> condition) {
            this.target = target;
            this.count = count;
            this.condition = condition;
        }

        /** For that many requests. */
        public Order next(int requests) {
            return new Order(target, requests, condition);
        }

        /** For all requests, until {@link Faults#clear()}. */
        public Order always() {
            return next(-1);
        }

        /** Only for requests whose arguments fit. */
        public Order when(Predicate<Map<String, String>> fits) {
            return new Order(target, count, fits);
        }

        /** HTTP 200 with {@code {"ok":false,"error":code}}, nothing done. */
        public void failWith(String code) {
            add(Fault.answering(ApiAnswer.error(code)));
        }

        /** A bare HTTP status, nothing done. */
        public void http(int status) {
            add(Fault.answering(ApiAnswer.status(status)));
        }

        /** A web page where JSON was to be, as proxies and load balancers answer; nothing done. */
        public void page(int status) {
            String page = "<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>";
            add(Fault.answering(new ApiAnswer(status, Map.of(), page)));
        }

        /** Does it, and answers with something else. */
        public void garble(int status, String body) {
            add(Fault.garbling(new ApiAnswer(status, Map.of(), body)));
        }

        /** HTTP 429 with that Retry-After, rounded up to whole seconds. */
        public void rateLimit(Duration retryAfter) {
            add(Fault.answering(ApiAnswer.rateLimited(retryAfter)));
        }

        /** Waits before the effect. */
        public void delay(Duration delay) {
            add(Fault.delaying(delay));
        }

        /** Cuts the connection, nothing done. */
        public void dropBeforeEffect() {
            add(Fault.cutting(Fault.Cut.BEFORE_EFFECT));
        }

        /** Does it, then cuts the connection instead of answering. */
        public void dropAfterEffect() {
            add(Fault.cutting(Fault.Cut.AFTER_EFFECT));
        }

        /** Holds the request before its effect. */
        public Gate holdBeforeEffect() {
            Gate gate = new Gate();
            add(Fault.holdingBefore(gate));
            return gate;
        }

        /** Holds the answer, after the effect. */
        public Gate holdAfterEffect() {
            Gate gate = new Gate();
            add(Fault.holdingAfter(gate));
            return gate;
        }

        private void add(Fault fault) {
            synchronized (rules) {
                rules.add(new Rule(this, fault));
            }
        }
    }
}
