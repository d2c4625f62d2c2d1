package dev.sluice.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.Attributes;
import dev.sluice.event.Identity;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    private static final String SENDER = "key_1\n/v1/events";

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
    void saysWhoseNameItIs() {
        Attributes.Builder event = Attributes.builder().set("id", "1");
        assertThat(key(event, null)).isEqualTo("default\nid of\nkey_1\n/v1/events\n1");
        assertThat(key(event.set("source", "/s"), null)).isEqualTo("default\nid\n/s\n1");
        assertThat(key(event.set("tenant", "acme"), claim("{}"))).isEqualTo("acme\nkey\nkey_1\n/v1/events\nk");
    }

    @Test
    void tellsOneBodyFromAnother() {
        Attributes.Builder event = Attributes.builder();
        Identity first = IdempotencyKey.of(event, SENDER, claim("{\"type\":\"a\"}"));
        assertThat(IdempotencyKey.of(event, SENDER, claim("{\"type\":\"a\"}"))).isEqualTo(first);
        assertThat(IdempotencyKey.of(event, SENDER, claim("{\"type\":\"b\"}")).digest())
                .isNotEqualTo(first.digest());
        assertThat(Claim.of("k", Buffer.buffer(), event.set("type", "a")).digest())
                .isNotEqualTo(
                        Claim.of("k", Buffer.buffer(), event.set("type", "b")).digest());
    }

    @Test
    void doesNotLookAtTheOrderInWhichHeadersCame() {
        Buffer body = Buffer.buffer("x");
        Attributes.Builder one = Attributes.builder().set("type", "a").set("site", "12");
        Attributes.Builder other = Attributes.builder().set("site", "12").set("type", "a");
        assertThat(Claim.of("k", body, one)).isEqualTo(Claim.of("k", body, other));
        assertThat(Claim.of("k", body, Attributes.builder().set("type", "a12").set("site", "")))
                .isNotEqualTo(Claim.of("k", body, one));
    }

    @Test
    void keepsTheEventsOfABatchTogetherAndTheLinesOfAStreamApart() {
        Attributes.Builder event = Attributes.builder();
        Identity first = IdempotencyKey.of(event, SENDER, claim("[]"));
        Attributes.Builder ofAnother = Attributes.builder().set("tenant", "acme");
        Identity third = IdempotencyKey.of(ofAnother, SENDER, claim("[]").at(2, first));
        assertThat(first.key()).isEqualTo(first.group());
        assertThat(third.key()).isEqualTo(third.group() + "\n2");
        assertThat(third.isBeside(first)).isTrue();
        assertThat(third.isBeside(IdempotencyKey.of(event, SENDER, claim("[1]").at(1, first))))
                .isFalse();
        Identity line = IdempotencyKey.of(event, SENDER, Claim.ofLine("k", 2, JsonText.of(Buffer.buffer("[]"))));
        assertThat(line.group()).isEqualTo(line.key());
    }

    @Test
    void isNullForAnEventThatNobodyNamed() {
        assertThat(IdempotencyKey.of(Attributes.builder().set("source", "/s"), SENDER, null))
                .isNull();
    }

    private static String key(Attributes.Builder event, Claim claim) {
        return IdempotencyKey.of(event, SENDER, claim).key();
    }

    private static Claim claim(String body) {
        return Claim.of("k", JsonText.of(Buffer.buffer(body)));
    }

    private static MultiMap headers(String key) {
        return MultiMap.caseInsensitiveMultiMap().add("Idempotency-Key", key);
    }
}
