package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder, whose files are read. Links are followed: Kubernetes shows a ConfigMap as links to a folder that it swaps.
 *
 * @param isConfined nothing outside of it is read: whoever writes the folder need not be one who may see the files of
 *                   the machine
 */
record Place(Path folder, boolean isConfined) {
    /**
     * @throws CliFailure for what is no regular file, is larger, or lies outside
     * @throws IOException for what cannot be read
     */
    String text(String path, int mostBytes) throws IOException {
        Path file = folder.resolve(path);
        if (isConfined) {
            file = file.toRealPath();
            if (!file.startsWith(folder.toRealPath())) {
                throw new CliFailure("lies outside of %s (expected: a file in it)".formatted(folder));
            }
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CliFailure("no regular file (expected: one)");
        }
        return read(file, mostBytes);
    }

    /** Whatever it is, such as a pipe. */
    static String read(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1); // what the system tells of its size may be 0
            if (bytes.length > mostBytes) {
                throw new CliFailure("more than %d bytes (expected: at most so many)".formatted(mostBytes));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
