package dev.switchboard.meeting.jitsi.prosody;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A client's stream to an XMPP server on this machine, without TLS (RFC 6120). Reads only while it is asked to. */
final class XmppStream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final String domain;
    private final XMLInputFactory readers = XMLInputFactory.newDefaultFactory();
    private XMLStreamReader reader;

    /**
     * What the server sent on the top level of the stream.
     *
     * @param inside the names of the elements in it, and the values of their attributes {@code code}
     */
    record Stanza(String name, Map<String, String> attributes, Set<String> inside) {
        /** Whether its attribute has that value. */
        boolean has(String attribute, String value) {
            return value.equals(attributes.get(attribute));
        }
    }

    XmppStream(int port, String domain) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.domain = domain;
        this.socket.setSoTimeout(PATIENCE_MILLIS);
        this.readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        this.reader = open();
    }

    /** Proves who one is with that SASL mechanism, and starts the stream anew, as one has to. */
    void authenticate(String mechanism, String base64) throws IOException {
        send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='" + mechanism + "'>" + base64 + "</auth>");
        Stanza answer = await(stanza -> !stanza.name().equals("features"));
        if (!answer.name().equals("success")) {
            throw new IOException("not let in: " + answer);
        }
        reader = open();
        send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        await(stanza -> stanza.has("id", "bind") && stanza.has("type", "result"));
    }

    void send(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads up to the first stanza like that, for ten seconds at most. */
    Stanza await(Predicate<Stanza> wanted) throws IOException {
        Stanza stanza = next();
        while (!wanted.test(stanza)) {
            stanza = next();
        }
        return stanza;
    }

    /** Breaks the connection without a word, as a browser that crashes does. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private XMLStreamReader open() throws IOException {
        send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='"
                + domain + "'>");
        try {
            XMLStreamReader opened = readers.createXMLStreamReader(socket.getInputStream(), "UTF-8");
            opened.nextTag();
            return opened;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private Stanza next() throws IOException {
        try {
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.isEndElement()) {
                    throw new IOException("the server ended the stream");
                }
            }
            return read();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private Stanza read() throws XMLStreamException {
        String name = reader.getLocalName();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        Set<String> inside = new LinkedHashSet<>();
        for (int depth = 1; depth > 0; ) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                inside.add(reader.getLocalName());
                String code = reader.getAttributeValue(null, "code");
                if (code != null) {
                    inside.add(code);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return new Stanza(name, attributes, inside);
    }
}
