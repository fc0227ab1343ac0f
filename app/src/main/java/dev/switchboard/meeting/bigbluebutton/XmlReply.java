package dev.switchboard.meeting.bigbluebutton;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** What the API answers: XML with a return code, and either what was asked for or why not. */
final class XmlReply {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** The API's answers are seven deep. */
    private static final String DEEPEST = "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";

    private final Element response;

    private XmlReply(Element response) {
        this.response = response;
    }

    /** Reads an answer; empty if it is none of the API's. A DOCTYPE, and with it every entity of one, is refused. */
    static Optional<XmlReply> read(InputStream body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(NO_DOCTYPE, true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(DEEPEST, "30");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            Element root = builder.parse(body).getDocumentElement();
            return Optional.of(new XmlReply(root))
                    .filter(reply -> root.getTagName().equals("response")
                            && !text(root, "returncode").isEmpty());
        } catch (SAXException | IOException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser has these features", e);
        }
    }

    boolean succeeded() {
        return text("returncode").equals("SUCCESS");
    }

    /** The message key; of an answer with several errors that of the first. May be empty. */
    String messageKey() {
        String key = text("messageKey");
        NodeList errors = response.getElementsByTagName("error");
        return key.isEmpty() && errors.getLength() > 0 ? ((Element) errors.item(0)).getAttribute("key") : key;
    }

    /** Whether it says that there is no such meeting. */
    boolean notFound() {
        return text("returncode").equals("FAILED") && messageKey().equals("notFound");
    }

    /** Why it failed, for a log line: the key alone, for messages repeat what was sent. */
    String why() {
        String key = messageKey().replaceAll("[^A-Za-z0-9_.-]", "?");
        return key.isEmpty() ? "it failed without a reason" : key.substring(0, Math.min(key.length(), 60));
    }

    Element response() {
        return response;
    }

    String text(String child) {
        return text(response, child);
    }

    /** The text of the first child of that name, trimmed; empty if there is none. */
    static String text(Element parent, String child) {
        return children(parent, child).stream()
                .findFirst()
                .map(Element::getTextContent)
                .map(String::strip)
                .orElse("");
    }

    static boolean truth(Element parent, String child) {
        return text(parent, child).equalsIgnoreCase("true");
    }

    /** The children of that name, of the first child of the name before, and so on. */
    static List<Element> children(Element parent, String... path) {
        List<Element> found = List.of(parent);
        for (String name : path) {
            found = found.stream()
                    .limit(1)
                    .flatMap(element -> named(element, name).stream())
                    .toList();
        }
        return found;
    }

    private static List<Element> named(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE
                        && node.getNodeName().equals(name))
                .map(Element.class::cast)
                .toList();
    }

    /** The JDK's prints to standard error. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(@Nullable SAXParseException exception) {
            // of no interest
        }

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
