package dev.sluice.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedRedisBinaryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,linux-amd64",
        "Linux,aarch64,linux-arm64",
        "Linux,i386,linux-386",
        "Mac OS X,x86_64,darwin-amd64",
        "Mac OS X,aarch64,darwin-arm64"
    })
    void isPackagedForThePlatform(String system, String architecture, String suffix) {
        String name = EmbeddedRedisBinary.nameFor(system, architecture);
        assertThat(name).isEqualTo("redis-server-7.0.15-" + suffix);
        assertThat(getClass().getResource("/" + name)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Windows 11,amd64", "Linux,riscv64", "FreeBSD,amd64", "Mac OS X,x86"})
    void saysWhatToDoOnAPlatformWithoutOne(String system, String architecture) {
        assertThatThrownBy(() -> EmbeddedRedisBinary.nameFor(system, architecture))
                .isInstanceOf(EmbeddedRedisFailure.class)
                .hasMessageContaining(system)
                .hasMessageContaining("set redis.uri");
    }

    @Test
    void isExtractedOnceAndAgainWhenItDiffers() throws IOException {
        Path file = EmbeddedRedisBinary.in(folder);
        FileTime former = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, former);
        assertThat(EmbeddedRedisBinary.in(folder)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(former);

        Files.writeString(file, "cut short");
        assertThat(Files.size(EmbeddedRedisBinary.in(folder))).isGreaterThan(1 << 20);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
