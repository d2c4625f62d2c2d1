package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.Attributes;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"8e03978e-40d5|8e03978e-40d5", "\"8e03978e-40d5\"|8e03978e-40d5", "\"a\\\"b\\\\c\"|a\"b\\c"})
    void takesABareKeyAndAQuotedOne(String header, String key) {
        assertThat(IdempotencyKey.read(headers(header))).isEqualTo(key);
    }

    @Test
    void isNullWithoutAHeader() {
        assertThat(IdempotencyKey.read(MultiMap.caseInsensitiveMultiMap())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"open", "\"a\"b", "\"a\\b\"", "\"a\\", "naïve"})
    void refusesWhatIsNoKey(String header) {
        assertThatThrownBy(() -> IdempotencyKey.read(headers(header))).isInstanceOf(ProblemException.class);
    }

    @Test
    void takes255CharactersAndRefusesOneMore() {
        assertThat(IdempotencyKey.read(headers("k".repeat(255)))).hasSize(255);
        assertThatThrownBy(() -> IdempotencyKey.read(headers("k".repeat(256)))).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesTwoKeys() {
        assertThatThrownBy(() -> IdempotencyKey.read(headers("a").add("idempotency-key", "b")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void putsTheTenantInFrontOfEither() {
        Attributes.Builder event = Attributes.builder().set("source", "/s").set("id", "1");
        assertThat(IdempotencyKey.of(event, null)).isEqualTo("default\nid\n/s\n1");
        assertThat(IdempotencyKey.of(event.set("tenant", "acme"), "k")).isEqualTo("acme\nkey\nk");
    }

    @Test
    void isNullForAnEventThatNobodyNamed() {
        assertThat(IdempotencyKey.of(Attributes.builder().set("source", "/s"), null))
                .isNull();
    }

    private static MultiMap headers(String key) {
        return MultiMap.caseInsensitiveMultiMap().add("Idempotency-Key", key);
    }
}
