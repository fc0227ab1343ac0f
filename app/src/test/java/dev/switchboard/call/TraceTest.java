package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void tells_where_it_broke_and_why_but_quotes_nobody() {
        SQLException database =
                new SQLException("Failing row contains (Layoffs in May, https://meet.example/j/secret)");

        assertThat(Trace.of(new IllegalStateException("Layoffs in May", database)))
                .startsWith("java.lang.IllegalStateException at dev.switchboard.call.TraceTest.")
                .contains(" caused by java.sql.SQLException at dev.switchboard.call.TraceTest.")
                .doesNotContain("Layoffs", "secret", "\n");
    }
}
