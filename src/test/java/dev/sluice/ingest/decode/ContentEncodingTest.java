package dev.sluice.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingTest {
    @ParameterizedTest
    @CsvSource({"gzip,GZIP", "X-GZip,GZIP", "identity,NONE"})
    void knowsGzip(String header, ContentEncoding encoding) {
        assertThat(ContentEncoding.of(headers(header))).isEqualTo(encoding);
    }

    @Test
    void isNoneWhereNothingIsSaid() {
        assertThat(ContentEncoding.of(MultiMap.caseInsensitiveMultiMap())).isEqualTo(ContentEncoding.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "snappy"})
    void refusesAnyOtherAndNamesWhatItTakes(String header) {
        Problem problem = catchThrowableOfType(ProblemException.class, () -> ContentEncoding.of(headers(header)))
                .problem();
        assertThat(problem.status()).isEqualTo(415);
        assertThat(problem.detail()).contains(header, "expected: gzip, or none");
    }

    private static MultiMap headers(String encoding) {
        return MultiMap.caseInsensitiveMultiMap().add("Content-Encoding", encoding);
    }
}
