package dev.switchboard.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hosts that are reached directly: what {@code NO_PROXY} lists, and always this machine itself. */
final class NoProxy {
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+|\\[.*]):([0-9]{1,5})");
    private static final Pattern RANGE = Pattern.compile("(.+)/([0-9]{1,3})");

    /** Nothing but this machine. */
    static final NoProxy NOTHING_LISTED = new NoProxy(List.of());

    private final List<Entry> entries;

    private NoProxy(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private interface Entry {
        boolean covers(Target target);
    }

    /** Lower case, without brackets and without the dot that may end a full name. */
    private record Target(String host, Optional<IpAddress> address, int port) {}

    /** Reads entries parted by commas or spaces; only a malformed range is refused, names are taken as they are. */
    static NoProxy parse(String text) throws Refusal {
        List<Entry> entries = new ArrayList<>();
        for (String entry : SEPARATOR.split(text, -1)) {
            if (!entry.isEmpty()) {
                entries.add(entry(entry.toLowerCase(Locale.ROOT)));
            }
        }
        return new NoProxy(entries);
    }

    boolean covers(String host, int port) {
        String name = withoutLastDot(host.toLowerCase(Locale.ROOT));
        Optional<IpAddress> address = IpAddress.parse(name);
        if (name.equals("localhost")
                || name.endsWith(".localhost")
                || address.map(IpAddress::isLoopback).orElse(false)) {
            return true;
        }
        Target target = new Target(name, address, port);
        return entries.stream().anyMatch(entry -> entry.covers(target));
    }

    private static Entry entry(String text) throws Refusal {
        if (text.equals("*")) {
            return target -> true;
        }
        if (text.indexOf('/') >= 0) {
            return range(text);
        }
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            Entry host = host(withPort.group(1));
            int port = Integer.parseInt(withPort.group(2));
            return target -> target.port() == port && host.covers(target);
        }
        return host(text);
    }

    private static Entry range(String text) throws Refusal {
        Matcher form = RANGE.matcher(text);
        IpAddress network = form.matches() ? IpAddress.parse(form.group(1)).orElse(null) : null;
        int prefixBits = network == null ? 0 : Integer.parseInt(form.group(2));
        if (network == null || prefixBits > network.bits()) {
            throw new Refusal("has an entry " + Quoted.url(text) + " that is not a range of addresses");
        }
        return target ->
                target.address().map(a -> network.sharesPrefix(a, prefixBits)).orElse(false);
    }

    private static Entry host(String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isPresent()) {
            return target -> target.address().equals(address);
        }
        String bare = withoutLastDot(text.startsWith("*.") ? text.substring(1) : text);
        String domain = bare.startsWith(".") ? bare.substring(1) : bare;
        return target -> target.host().equals(domain) || target.host().endsWith("." + domain);
    }

    private static String withoutLastDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
