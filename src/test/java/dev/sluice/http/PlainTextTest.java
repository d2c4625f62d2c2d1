package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"Shop", "Größe \"x\" 😀 שלום", "a b\u00a0c", ""})
    void takesWhatPeopleCallThings(String name) {
        assertThat(PlainText.problem(name)).isNull();
        assertThat(PlainText.escaped(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "000A", "000D", "0009", "0000", "001B", "007F", "0085", "2028", "2029", "200E", "202E", "2066", "2069", "061C"
    })
    void refusesWhatChangesHowTheTextAroundItIsShown(String hex) {
        String name = "a" + (char) Integer.parseInt(hex, 16) + "b";
        assertThat(PlainText.problem(name))
                .isEqualTo("holds U+%s (expected: no control characters, line breaks or marks of writing direction)"
                        .formatted(hex));
        assertThat(PlainText.escaped(name)).matches("a\\\\(n|r|t|u[0-9a-f]{4})b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00b", "\ude00\ud83d"})
    void refusesHalfOfASurrogatePair(String name) {
        assertThat(PlainText.problem(name)).startsWith("half of a surrogate pair");
        assertThat(PlainText.escaped(name)).contains("\\ud").doesNotContain("\ud83d", "\ude00");
    }

    @Test
    void pointsAtTheTextThatIsNone() {
        PlainText.requireUnicode(
                new JsonObject().put("a", new JsonArray().add("😀").add(1).addNull()));
        JsonObject json =
                new JsonObject().put("a", new JsonArray().add("x").add(new JsonObject().put("b/c", "\ud83d")));
        Problem problem = catchThrowableOfType(ProblemException.class, () -> PlainText.requireUnicode(json))
                .problem();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).startsWith("/a/1/b~1c: half of a surrogate pair");
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> PlainText.requireUnicode(new JsonObject().put("\ude00", 1)))
                        .problem()
                        .detail())
                .startsWith("a name: half of a surrogate pair");
    }
}
