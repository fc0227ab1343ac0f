package dev.switchboard.sandbox.meeting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to a meeting server going wrong, to order; of several orders the first that fits a request is carried out. */
public final class MeetingFaults {
    private static final String HTML = "text/html";
    private static final String XML = "text/xml;charset=utf-8";

    private final String address;
    private final List<Rule> rules = new ArrayList<>();

    /** @param address of the server, where an external entity would be fetched from */
    MeetingFaults(String address) {
        this.address = address;
    }

    /** What becomes of one request. */
    record Fault(Duration delay, Optional<Answer> instead, boolean cut) {}

    /** Begins an order for that many requests from now on. */
    public Order next(int requests) {
        return new Order("", requests, 1);
    }

    /** Begins an order for every k-th request, until {@link #clear()}; 1: each. */
    public Order every(int k) {
        return new Order("", Integer.MAX_VALUE, k);
    }

    /** Takes back all orders. */
    public synchronized void clear() {
        rules.clear();
    }

    synchronized Optional<Fault> take(String path) {
        for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
            Rule rule = all.next();
            if (path.endsWith(rule.order.pathEnd) && rule.hits()) {
                if (rule.left == 0) {
                    all.remove();
                }
                return Optional.of(rule.fault);
            }
        }
        return Optional.empty();
    }

    private synchronized void add(Order order, Fault fault) {
        rules.add(new Rule(order, fault));
    }

    private static final class Rule {
        private final Order order;
        private final Fault fault;
        private int left;
        private int seen;

        Rule(Order order, Fault fault) {
            this.order = order;
            this.fault = fault;
            this.left = order.requests;
        }

        boolean hits() {
            seen++;
            if (seen % order.k != 0) {
                return false;
            }
            left--;
            return true;
        }
    }

    /** For which requests, then what. */
    public final class Order {
        private final String pathEnd;
        private final int requests;
        private final int k;

        private Order(String pathEnd, int requests, int k) {
            this.pathEnd = pathEnd;
            this.requests = requests;
            this.k = k;
        }

        /** Only for requests whose path ends with this. */
        public Order on(String newPathEnd) {
            return new Order(newPathEnd, requests, k);
        }

        /** Another answer, nothing done; an empty content type means none. */
        public void answer(int status, String contentType, String body) {
            answer(status, Map.of(), contentType, body);
        }

        /** Another answer with headers, {@code Retry-After} for one; nothing done. */
        public void answer(int status, Map<String, String> headers, String contentType, String body) {
            Answer answer = new Answer(status, contentType, headers, body);
            add(this, new Fault(Duration.ZERO, Optional.of(answer), false));
        }

        /** What a proxy says whose server doesn't: 502 and a web page. */
        public void badGateway() {
            answer(502, HTML, "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body>\n</html>\n");
        }

        /** Status 200 and a web page, as of a login wall. */
        public void loginPage() {
            answer(200, HTML, "<!DOCTYPE html><html><body><form action=\"/login\"></form></body></html>");
        }

        /** XML that breaks off. */
        public void brokenXml() {
            answer(200, XML, "<response><returncode>SUCCESS</returncode><attendees><attendee>");
        }

        /** XML that wants a file fetched: if somebody does, {@code /xxe} is in the journal. */
        public void externalEntity() {
            answer(
                    200,
                    XML,
                    "<?xml version=\"1.0\"?><!DOCTYPE response [<!ENTITY secret SYSTEM \"" + address + "/xxe\">]>"
                            + "<response><returncode>SUCCESS</returncode><messageKey>&secret;</messageKey></response>");
        }

        /** Answers rightly, but that much later on real time. */
        public void delay(Duration delay) {
            add(this, new Fault(delay, Optional.empty(), false));
        }

        /** Cuts the connection, nothing done. */
        public void cut() {
            add(this, new Fault(Duration.ZERO, Optional.empty(), true));
        }
    }
}
