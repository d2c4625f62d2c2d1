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

class FormatTest {
    @ParameterizedTest
    @CsvSource({
        "application/json,JSON",
        "Application/JSON; charset=UTF-8,JSON",
        "application/json;charset=\"utf-8\";x=y,JSON",
        "application/json ; x=y,JSON",
        "application/cloudevents+json,STRUCTURED",
        "APPLICATION/CLOUDEVENTS+JSON; charset=utf-8,STRUCTURED",
        "application/cloudevents-batch+json,BATCH",
        "application/x-ndjson,NDJSON",
        "application/ndjson,NDJSON",
        "application/jsonl; charset=utf-8,NDJSON",
        "application/x-jsonlines,NDJSON",
    })
    void knowsThemByContentType(String contentType, Format format) {
        assertThat(Format.of(headers(contentType))).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "application/x-ndjson",
                "image/png",
                "application/json; charset=latin1"
            })
    void isBinaryWithAttributesInHeaders(String contentType) {
        assertThat(Format.of(headers(contentType).add("CE-Type", "a"))).isEqualTo(Format.BINARY);
    }

    @Test
    void isBinaryAlsoWhereOnlyARareAttributeIsThere() {
        assertThat(Format.of(headers("text/plain").add("ce-subject", "a"))).isEqualTo(Format.BINARY);
        assertThat(Format.of(MultiMap.caseInsensitiveMultiMap().add("ce-id", "a")))
                .isEqualTo(Format.BINARY);
    }

    @Test
    void staysStructuredWhateverTheOtherHeadersSay() {
        assertThat(Format.of(headers("application/cloudevents+json").add("ce-type", "a")))
                .isEqualTo(Format.STRUCTURED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/jsonx",
                "application/cloudevents+xml",
                "application/cloudevents+avro",
                "",
                ";",
                "text/plain, application/json",
            })
    void refusesAnyOtherAndNamesWhatItTakes(String contentType) {
        Problem problem = refusal(headers(contentType));
        assertThat(problem.status()).isEqualTo(415);
        assertThat(problem.detail()).contains("application/json", "application/x-ndjson", "ce-*");
    }

    @Test
    void refusesAMissingContentType() {
        assertThat(refusal(MultiMap.caseInsensitiveMultiMap()).detail()).startsWith("Content-Type: missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso-8859-1", "utf-16", "\"latin1\""})
    void refusesOtherCharsets(String charset) {
        assertThat(refusal(headers("application/json; charset=" + charset)).status())
                .isEqualTo(415);
    }

    private static MultiMap headers(String contentType) {
        return MultiMap.caseInsensitiveMultiMap().add("Content-Type", contentType);
    }

    private static Problem refusal(MultiMap headers) {
        return catchThrowableOfType(ProblemException.class, () -> Format.of(headers))
                .problem();
    }
}
