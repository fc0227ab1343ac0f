package dev.switchboard.slack;

import com.slack.api.bolt.handler.BoltEventHandler;
import com.slack.api.bolt.handler.builtin.BlockActionHandler;
import com.slack.api.bolt.handler.builtin.SlashCommandHandler;
import com.slack.api.model.event.Event;
import dev.switchboard.call.CallStore;
import java.util.concurrent.Callable;

/**
 * What a listener of ours failed with: a defect. What Bolt throws before it reaches a listener is none, for Bolt takes
 * for granted what a payload may lack.
 */
final class ListenerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ListenerFailed(Exception cause) {
        super(null, cause, false, false); // the cause says where
    }

    /** A listener that tells its defects by this exception; so do the other two. */
    static SlashCommandHandler command(SlashCommandHandler listener) {
        return (request, context) -> tell(() -> listener.apply(request, context));
    }

    static BlockActionHandler button(BlockActionHandler listener) {
        return (request, context) -> tell(() -> listener.apply(request, context));
    }

    static <E extends Event> BoltEventHandler<E> event(BoltEventHandler<E> listener) {
        return (event, context) -> tell(() -> listener.apply(event, context));
    }

    /**
     * Calls a listener.
     *
     * @throws ListenerFailed if it fails otherwise than for what the payload lacks or for a ledger that is away
     */
    static <R> R tell(Callable<R> listener) {
        try {
            return listener.call();
        } catch (Payloads.Incomplete | CallStore.Unavailable e) {
            throw e; // no defects
        } catch (Exception e) {
            throw new ListenerFailed(e);
        }
    }
}
