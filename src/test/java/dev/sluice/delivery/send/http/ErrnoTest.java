package dev.sluice.delivery.send.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "-111, connection refused (error 111)",
        "-113, no route to the host (error 113)",
        "-101, the network is unreachable (error 101)",
        "-110, connection timed out (error 110)",
        "-104, connection reset by the other side (error 104)",
        "-99, no free local address or port (error 99)",
        "-4095, the operating system refused it (error 4095)"
    })
    void saysInWordsWhatTheNumberMeans(int number, String words) {
        String message = "finishConnect(..) failed with error(%d)".formatted(number);
        assertThat(Failures.detail(new IOException(message))).isEqualTo(words);
        assertThat(Failures.detail(new IOException(message + ": whatever it says")))
                .isEqualTo(words);
        assertThat(Failures.detail(new IOException(message + ": whatever it says: /10.0.0.1:80")))
                .isEqualTo(words + ": /10.0.0.1:80");
        assertThat(Failures.detail(new IOException(message + ": hooks.example/10.0.0.1:80")))
                .isEqualTo(words + ": hooks.example/10.0.0.1:80");
    }

    @Test
    void leavesOtherMessagesAsTheyAre() {
        for (String message :
                new String[] {"Connection was closed", "failed (3)", "Connection refused: /10.0.0.1:80"}) {
            assertThat(Failures.detail(new IOException(message))).isEqualTo(message);
        }
    }
}
