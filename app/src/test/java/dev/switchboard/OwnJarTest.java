package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the jar that the program is read from counts as overwritten. */
class OwnJarTest {
    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private OwnJar jar;

    @BeforeEach
    void look() throws IOException {
        file = Files.writeString(folder.resolve("switchboard.jar"), "one version");
        jar = OwnJar.of(file);
    }

    /** Half of it may be there yet. */
    @Test
    void where_its_content_has_changed_and_changes_no_more() throws IOException {
        assertThat(jar.overwritten()).isFalse();
        Files.writeString(file, "another, and longer");
        assertThat(jar.overwritten()).isFalse();
        assertThat(jar.overwritten()).isTrue();
    }

    @Test
    void where_as_much_of_something_else_is_in_it() throws IOException {
        Files.writeString(file, "1.1 version");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(jar.overwritten()).isFalse();
        assertThat(jar.overwritten()).isTrue();
    }

    @Test
    void not_where_only_its_time_was_set() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(jar.overwritten()).isFalse();
        assertThat(jar.overwritten()).isFalse();
    }

    @Test
    void not_where_another_was_moved_over_it_or_it_is_gone() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jar"), "another, and longer");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(jar.overwritten()).isFalse();
        assertThat(jar.overwritten()).isFalse();
        Files.delete(file);
        assertThat(jar.overwritten()).isFalse();
    }
}
