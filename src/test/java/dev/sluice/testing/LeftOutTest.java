package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A test that cannot run says so, or it could be left out for ever. */
class LeftOutTest {
    @Test
    void saysWhatIsMissingWhereTheBuildIsRead() {
        PrintStream terminal = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> Tool.find("no-such-tool"));
        } finally {
            System.setOut(terminal);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("Left out, there is no no-such-tool");
    }

    @Test
    void noTestLeavesItselfOutInAnotherWay() throws IOException {
        List<Path> allowed = List.of(source("LeftOut"), source("LeftOutTest"));
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !allowed.contains(file)))
                    .isNotEmpty()
                    .noneMatch(file -> text(file).contains("org.junit.jupiter.api.Assumptions"));
        }
    }

    private static Path source(String name) {
        return Path.of("src", "test", "java", "dev", "sluice", "testing", name + ".java");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
