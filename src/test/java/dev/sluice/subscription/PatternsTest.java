package dev.sluice.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PatternsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "entry.create",
                "entry.*",
                "**",
                "collections.**",
                "a.**.z",
                "collections.save.after.posts",
                "collections.save.after.{$name}",
                "urn:thing-1.x_Y"
            })
    void acceptsWhatUsersSubscribeTo(String pattern) {
        assertThat(Patterns.problem(pattern)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "entry*", "a.***", "a b", "a/b", "é"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThat(Patterns.problem(pattern)).contains("expected");
    }

    @Test
    void refusesAnOverlongPattern() {
        assertThat(Patterns.problem("a".repeat(256))).isNull();
        assertThat(Patterns.problem("a".repeat(257))).contains("257 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "**.**, **",
        "**.*, *.**",
        "a.**.*.**.*.z, a.*.*.**.z",
        "a.**, a.**",
        "**.a.**, **.a.**",
        "a.b, a.b",
    })
    void spellsEqualPatternsAlike(String pattern, String canonical) {
        assertThat(String.join(".", Patterns.canonical(pattern))).isEqualTo(canonical);
    }

    @Test
    void keepsEmptySegments() {
        assertThat(List.of(Patterns.segments("a..b."))).containsExactly("a", "", "b", "");
    }
}
