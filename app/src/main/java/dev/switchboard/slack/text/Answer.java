package dev.switchboard.slack.text;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * An answer to one person.
 *
 * @param text in mrkdwn; also what a notification or a screen reader gets
 * @param blocks how it is shown; empty to show just the text
 */
public record Answer(String text, List<LayoutBlock> blocks) {
    static Answer of(String text) {
        return new Answer(text, List.of());
    }
}
