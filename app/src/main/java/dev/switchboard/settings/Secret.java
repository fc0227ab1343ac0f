package dev.switchboard.settings;

/**
 * A text that must never be printed; its own text form is {@code ***}, and so is its place in a record that holds it.
 *
 * @param reveal the text itself, never null; call it only where the secret is used
 */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
