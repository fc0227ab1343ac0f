package dev.switchboard.slack.text;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * What a message says.
 *
 * @param text in mrkdwn; shown where blocks aren't, and in notifications; never empty
 * @param blocks what is shown instead; may be empty
 */
public record Content(String text, List<LayoutBlock> blocks) {
    static Content of(String text) {
        return new Content(text, List.of());
    }
}
