package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README says what is so. */
class ReadmeTest {
    @Test
    void every_setting_of_this_version_is_explained() throws IOException {
        String readme = readme();
        assertThat(Settings.variables())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void nothing_is_explained_that_is_no_setting() throws IOException {
        Matcher rows = Pattern.compile("(?m)^\\| `(S[A-Z0-9_]+)`").matcher(readme());
        assertThat(rows.results().map(row -> row.group(1)))
                .filteredOn(name -> !name.endsWith("TOKEN"))
                .isNotEmpty()
                .isSubsetOf(Settings.variables());
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("..", "README.md"));
    }
}
