package dev.switchboard.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where H2 begins to look for its newest data after a kill. Where it writes a chunk elsewhere than it had announced in
 * the one before, as it does once it reuses space, it has to note that in the file's header, but notes the chunk before
 * (H2 2.5.252: {@code RandomAccessStore.writeChunk} writes the header before {@code FileStore.storeBuffer} has changed
 * {@code lastChunk}). That chunk and those after it are not found then: whatever was committed is lost until a later
 * header, some twenty commits on. So we have the header written once more after each write.
 */
final class FileHeader {
    private static final Logger LOG = LoggerFactory.getLogger(FileHeader.class);

    private FileHeader() {}

    /**
     * Waits for all that H2 is writing, and has the header name the newest of it.
     *
     * @throws org.h2.mvstore.MVStoreException if it can't be written
     */
    static void write(MVStore store) {
        FileStore<?> file = store.getFileStore();
        if (file instanceof RandomAccessStore && !file.isReadOnly()) {
            store.executeFilestoreOperation(() -> write(file));
        }
    }

    private static void write(FileStore<?> file) {
        try {
            Method method = RandomAccessStore.class.getDeclaredMethod("writeStoreHeader");
            method.setAccessible(true);
            method.invoke(file);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            LOG.error("H2 has changed: a kill may lose what was committed last: {}", e.toString());
        }
    }
}
