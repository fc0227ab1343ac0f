package dev.switchboard;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM's second compiler, which a plain {@code java -jar} comes with. It takes five sixths of all CPU time for the
 * first ten thousand commands (app/docs/performance.md), and a bot that gets one now and then never earns that back: so
 * it is told to compile nothing, as the start script's {@code -XX:TieredStopAtLevel=1} does from the start. The jar can't
 * carry that option, and an environment variable is for the admin to set.
 */
final class SecondCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(SecondCompiler.class);

    /** What the JVM calls itself where it runs by the first compiler alone. */
    private static final String WITHOUT = "emulated-client";

    /** By {@code jcmd PID help Compiler.directives_add}; a method so excluded is compiled by the first compiler. */
    private static final String DIRECTIVES = """
            [{match: "*.*", c2: {Exclude: true}}]
            """;

    private SecondCompiler() {}

    /** Does without it from now on, where this JVM can be told so; takes some 0.1 s. */
    static void doWithout() {
        if (System.getProperty("java.vm.info", "").contains(WITHOUT)) {
            return;
        }
        try {
            Path file = Files.createTempFile("switchboard-compiler", ".json");
            try {
                Files.writeString(file, DIRECTIVES);
                Object[] arguments = {new String[] {file.toString()}};
                Object said = ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                arguments,
                                new String[] {String[].class.getName()});
                LOG.debug("the second compiler: {}", said);
            } finally {
                Files.delete(file);
            }
        } catch (Exception | LinkageError e) {
            // An Error where the JRE has no java.management.
            LOG.debug("the second compiler goes on: {}", e.toString());
        }
    }
}
