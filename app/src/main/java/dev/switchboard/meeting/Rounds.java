package dev.switchboard.meeting;

import dev.switchboard.call.Daemons;
import dev.switchboard.call.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks a server about many things, a few at a time, and comes back in time with what it has got. */
public final class Rounds implements AutoCloseable {
    private static final Duration IN_ALL = Duration.ofSeconds(15);
    /** Threads that have nothing to do go, so that nothing is left of a provider that nobody closes. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;

    /** @param name of the threads */
    public Rounds(String name) {
        this.threads = new ThreadPoolExecutor(
                MeetingHttp.AT_ONCE,
                MeetingHttp.AT_ONCE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Daemons.numbered(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Asks about each of them, for 15 seconds at most.
     *
     * @param ask may take seconds, must not throw
     * @return the answers in the order of the questions; what there was no time for is missing
     */
    public <K, V> Map<K, V> ask(Collection<K> questions, Function<K, V> ask) {
        List<K> asked = List.copyOf(questions);
        List<Callable<V>> tasks = new ArrayList<>();
        asked.forEach(question -> tasks.add(() -> ask.apply(question)));
        Map<K, V> answers = new LinkedHashMap<>();
        try {
            List<Future<V>> futures = threads.invokeAll(tasks, IN_ALL.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < futures.size(); i++) {
                put(answers, asked.get(i), futures.get(i));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nothing is known.
        }
        return answers;
    }

    /**
     * Asks about each of these rooms. When the server wants to be left alone it is, at once: the rest is unknown.
     *
     * @param keys {@link dev.switchboard.call.Room#key} of each
     * @return as {@link #ask}
     */
    public Map<String, Presence> presences(Collection<String> keys, Function<String, Presence> ask) {
        Queue<Presence.Unknown> leaveMeAlone = new ConcurrentLinkedQueue<>();
        return ask(keys, key -> {
            Presence.Unknown told = leaveMeAlone.peek();
            if (told != null) {
                return told;
            }
            Presence presence = guarded(ask, key);
            if (presence instanceof Presence.Unknown unknown
                    && unknown.retryAfter().isPresent()) {
                leaveMeAlone.add(unknown);
            }
            return presence;
        });
    }

    /** What one room's answer breaks must not keep the others from being looked at. */
    private static Presence guarded(Function<String, Presence> ask, String key) {
        try {
            return ask.apply(key);
        } catch (RuntimeException e) {
            return new Presence.Unknown(
                    "an answer that broke its reader (" + e.getClass().getSimpleName() + ")", Optional.empty());
        }
    }

    private static <K, V> void put(Map<K, V> answers, K question, Future<V> answer) throws InterruptedException {
        try {
            answers.put(question, answer.get());
        } catch (CancellationException e) {
            // There was no time for it.
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question to a meeting server failed", e.getCause());
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
