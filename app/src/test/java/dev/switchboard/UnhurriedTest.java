package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log that nobody waits for. */
@Timeout(60)
class UnhurriedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    private String text() {
        return read.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_said_is_written_in_its_order() {
        Unhurried log = Unhurried.before(read);
        PrintStream stream = log.stream();
        stream.println("first, Zo\u00eb");
        stream.println("second");

        assertThat(log.await(PATIENCE)).isTrue();
        assertThat(text().lines()).containsExactly("first, Zo\u00eb", "second");
    }

    @Test
    void what_finds_no_room_is_left_out_and_counted_where_it_is_missing() {
        CountDownLatch reads = new CountDownLatch(1);
        Unhurried log = Unhurried.before(new OutputStream() {
            @Override
            public void write(int one) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes) {
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                read.writeBytes(bytes);
            }
        });
        PrintStream stream = log.stream();
        for (int i = 0; i < 15_000; i++) {
            stream.println("line " + i);
        }
        reads.countDown();
        while (!log.await(PATIENCE)) {
            Thread.onSpinWait(); // no room for a mark yet
        }
        stream.println("the last");

        assertThat(log.await(PATIENCE)).isTrue();
        assertThat(text()).contains("line 9999").doesNotContain("line 14999");
        assertThat(text()).containsPattern("\\(\\d{4} lines of the log were left out: nobody read it\\)\\Rthe last");
    }

    @Test
    void a_reader_that_fails_once_is_written_to_again() {
        boolean[] failed = {false};
        Unhurried log = Unhurried.before(new OutputStream() {
            @Override
            public void write(int one) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes) {
                if (!failed[0]) {
                    failed[0] = true;
                    throw new OutOfMemoryError("as a test has it");
                }
                read.writeBytes(bytes);
            }
        });
        log.stream().println("lost");
        log.stream().println("heard");

        assertThat(log.await(PATIENCE)).isTrue();
        assertThat(text()).contains("heard");
    }
}
