package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"port,port,0", "prot,port,2", "'',port,4", "ports,port,1", "kitten,sitting,3"})
    void countsEdits(String from, String to, int edits) {
        assertThat(Nearest.edits(from, to)).isEqualTo(edits);
        assertThat(Nearest.edits(to, from)).isEqualTo(edits);
    }

    @Test
    void findsTheNameWithoutRegardToCase() {
        assertThat(Nearest.to("retrydelay", List.of("retryJitter", "retryDelays", "timeout")))
                .isEqualTo("retryDelays");
    }
}
