package dev.sluice.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    @Test
    void saysWhatToDoAboutAPathThatHidesBehindAnotherFailure() {
        Throwable hidden = new InvalidPathException("/srv/d?t?", "unmappable characters");
        assertThat(StartFailure.of(new ExceptionInInitializerError(hidden)))
                .hasMessageContaining("/srv/d?t?")
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void keepsWhatWasSaidForPeople() {
        StartFailure said = new StartFailure("http.port: taken");
        assertThat(StartFailure.of(said)).isSameAs(said);
        assertThat(StartFailure.of(new IllegalStateException("a reason"))).hasMessage("a reason");
    }
}
