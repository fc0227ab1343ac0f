package dev.switchboard.sandbox.meeting;

/** A {@code <response>} being written. */
final class BbbXml {
    private final StringBuilder text = new StringBuilder("<response>");

    static BbbXml success() {
        return new BbbXml().with("returncode", "SUCCESS");
    }

    static BbbXml failed() {
        return new BbbXml().with("returncode", "FAILED");
    }

    /** An element with text in it. */
    BbbXml with(String name, Object value) {
        text.append('<').append(name).append('>').append(escaped(value.toString()));
        return close(name);
    }

    BbbXml open(String name) {
        text.append('<').append(name).append('>');
        return this;
    }

    BbbXml close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    BbbXml empty(String name) {
        text.append('<').append(name).append("/>");
        return this;
    }

    /** The other shape of an error. */
    BbbXml errors(String key, String message) {
        text.append("<errors><error key=\"")
                .append(escaped(key))
                .append("\" message=\"")
                .append(escaped(message))
                .append("\"/></errors>");
        return this;
    }

    Answer answer() {
        return Answer.of(200, "text/xml;charset=utf-8", text + "</response>");
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
