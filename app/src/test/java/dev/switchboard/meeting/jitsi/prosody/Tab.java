package dev.switchboard.meeting.jitsi.prosody;

import dev.switchboard.meeting.jitsi.prosody.XmppStream.Stanza;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One session in a room, of a browser's tab or of the focus: what jitsi-meet's clients tell the server of it (XEP-0045). */
final class Tab {
    /** The status of the presence that is one's own. */
    private static final String ONESELF = "110";

    private final XmppStream stream;
    private final String address;

    private Tab(XmppStream stream, String address) {
        this.stream = stream;
        this.address = address;
    }

    /**
     * A guest joins.
     *
     * @param node the local part of the room's address
     * @param session eight hex digits, new for each tab
     * @param name as typed, or empty
     * @param email as typed, or empty
     */
    static Tab open(Prosody prosody, String node, String session, String name, String email) throws IOException {
        XmppStream stream = new XmppStream(prosody.xmppPort(), Prosody.DOMAIN);
        stream.authenticate("ANONYMOUS", "");
        String told = child("nick", " xmlns='http://jabber.org/protocol/nick'", name) + child("email", "", email);
        return enter(stream, node, session, told);
    }

    /** The focus joins, and so opens the room. */
    static Tab focus(Prosody prosody, String node) throws IOException {
        XmppStream stream = new XmppStream(prosody.xmppPort(), Prosody.FOCUS_DOMAIN);
        byte[] password = ("\0focus\0" + Prosody.FOCUS_PASSWORD).getBytes(StandardCharsets.UTF_8);
        stream.authenticate("PLAIN", Base64.getEncoder().encodeToString(password));
        return enter(stream, node, "focus", "");
    }

    private static Tab enter(XmppStream stream, String node, String session, String told) throws IOException {
        Tab tab = new Tab(stream, node + '@' + Prosody.ROOMS + '/' + session);
        stream.send("<presence to='" + tab.address + "'><x xmlns='http://jabber.org/protocol/muc'/>" + told
                + "</presence>");
        Stanza answer = stream.await(tab::isAnswer);
        if (answer.has("type", "error")) {
            stream.close();
            throw new IOException("not let into the room: " + answer.inside());
        }
        return tab;
    }

    /** Leaves the room in good order. */
    void leave() throws IOException {
        stream.send("<presence type='unavailable' to='" + address + "'/>");
        stream.await(stanza -> isAnswer(stanza) && stanza.has("type", "unavailable"));
        stream.send("</stream:stream>");
        stream.close();
    }

    /** Breaks the connection without a word. */
    void breakOff() throws IOException {
        stream.close();
    }

    private boolean isAnswer(Stanza stanza) {
        return stanza.name().equals("presence")
                && (stanza.has("type", "error") || stanza.inside().contains(ONESELF));
    }

    private static String child(String name, String namespace, String text) {
        return text.isEmpty() ? "" : '<' + name + namespace + '>' + escaped(escaped(text)) + "</" + name + '>';
    }

    /** Twice: once by jitsi-meet, which sends names as HTML, and once because this is XML. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
