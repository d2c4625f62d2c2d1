package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Children;
import dev.sluice.testing.LeftOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract in the hands of those who use it: a linter, and a client that is generated from it. Node.js and npm are
 * needed; {@code -Dsluice.npm=true} asks for them, and {@code if-possible} leaves these tests out where they cannot be used; by
 * default nothing is taken from npm.
 */
class TypeScriptClientTest {
    private static final Path FILES = Path.of("src", "it", "typescript");
    private static final Path FOLDER = Path.of("target", "typescript").toAbsolutePath();
    private static final String WANTED = System.getProperty("sluice.npm", "false");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        if (WANTED.equals("false")) {
            leaveOut("it was not asked for");
        }
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "tsconfig.json", "client.ts")) {
            Files.copy(FILES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(
                Path.of("src", "main", "resources", "openapi.yaml"),
                FOLDER.resolve("openapi.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        if (run(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock",
                        "--fetch-retries=0",
                        "--fetch-timeout=20000")
                != 0) {
            leaveOut(
                    "npm does not install what src/it/typescript/package.json names, see " + FOLDER.resolve("npm.log"));
        }
    }

    @Test
    void passesTheLinter() throws IOException, InterruptedException {
        succeeds("npx", "redocly", "lint", "openapi.yaml");
    }

    @Test
    void makesAClientThatCompilesWithTheCallsThatPeopleWrite() throws IOException, InterruptedException {
        succeeds("npx", "openapi-typescript", "openapi.yaml", "-o", "schema.d.ts");
        succeeds("npx", "tsc", "--project", ".");
    }

    private static void succeeds(String... command) throws IOException, InterruptedException {
        int code = run(command);
        assertThat(code)
                .as(Files.readString(FOLDER.resolve(command[1] + ".log")))
                .isZero();
    }

    /** @return the exit code; 127 if there is no such program */
    private static int run(String... command) throws IOException, InterruptedException {
        Path log = FOLDER.resolve((command[0].equals("npm") ? "npm" : command[1]) + ".log");
        Process process;
        try {
            process = Children.start(new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile()));
        } catch (UncheckedIOException missing) {
            Files.writeString(log, command[0] + ": " + missing.getMessage());
            return 127;
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            Children.kill(process);
            return 124;
        }
        return process.exitValue();
    }

    private static void leaveOut(String reason) {
        if (WANTED.equals("true")) {
            throw new IllegalStateException(reason);
        }
        throw LeftOut.because("there is no npm: %s. To ask for it: mvn verify -Dsluice.npm=true".formatted(reason));
    }
}
