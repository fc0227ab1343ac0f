package dev.switchboard.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small text files, and says in words why one can't be read. */
final class TextFile {
    private static final int MOST_BYTES = 1 << 20;

    private TextFile() {}

    /** The file's whole text, UTF-8; a byte order mark at its start is left out. */
    static String read(Path path) throws Refusal {
        if (Files.isDirectory(path)) {
            throw new Refusal("is a directory");
        }
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Refusal("is larger than 1 MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new Refusal("does not exist");
        } catch (AccessDeniedException e) {
            throw new Refusal("is not readable for the user this program runs as");
        } catch (CharacterCodingException e) {
            throw new Refusal("is not UTF-8 text");
        } catch (IOException e) {
            throw new Refusal("cannot be read");
        }
    }
}
