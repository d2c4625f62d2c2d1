package dev.sluice.source.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EachTest {
    @Test
    void cutsOutTheElementsByteForByte() {
        Buffer body = Buffer.buffer("{\"x\":[1], \"a\":{\"events\": [ {\"n\" : 1.0} ,\"t\\u0041\",[ ],7 ]}}");
        assertThat(new Each(List.of("a", "events")).of(body, 4))
                .extracting(Buffer::toString)
                .containsExactly("{\"n\" : 1.0}", "\"t\\u0041\"", "[ ]", "7");
        assertThat(new Each(List.of()).of(Buffer.buffer("\uFEFF[{},{}]"), 4))
                .extracting(Buffer::toString)
                .containsExactly("{}", "{}");
        assertThat(new Each(List.of()).of(Buffer.buffer("[]"), 4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"events\":{}}", "[[]]", "{\"events\":null}", "7"})
    void refusesABodyWithoutThem(String body) {
        assertThat(refusal(body).status()).isEqualTo(400);
        assertThat(refusal(body).errors().get(0).pointer()).isEqualTo("/events");
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThat(refusal("{\"events\":[1,").type()).isEqualTo("malformed-json");
    }

    @Test
    void refusesAHundredThousandOfThem() {
        assertThat(refusal("{\"events\":[" + "{},".repeat(99_999) + "{}]}").status())
                .isEqualTo(413);
    }

    private static dev.sluice.http.Problem refusal(String body) {
        return catchThrowableOfType(
                        ProblemException.class, () -> new Each(List.of("events")).of(Buffer.buffer(body), 1000))
                .problem();
    }
}
