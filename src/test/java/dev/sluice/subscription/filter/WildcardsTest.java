package dev.sluice.subscription.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WildcardsTest {
    /** The words are where a bit can get lost: patterns of up to three of them. */
    @Test
    void agreesWithARegularExpressionAcrossTheWordsOfItsState() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            String prefix = "x".repeat(random.nextInt(140));
            String pattern = prefix + random(random, "ab_%", 8);
            String text = prefix + random(random, "ab", 8);
            String expression = pattern.replace("_", ".").replaceAll("%+", ".*");
            assertThat(wildcards(pattern).matches(symbols(text)))
                    .as("%s for %s", pattern, text)
                    .isEqualTo(Pattern.matches(expression, text));
        }
    }

    @Test
    void costsAStepASymbolForEach64PlacesOfThePattern() {
        assertThat(wildcards("%a".repeat(31)).words()).isEqualTo(1);
        assertThat(wildcards("%a".repeat(32)).words()).isEqualTo(2);
        assertThat(wildcards("%a".repeat(500)).words()).isEqualTo(16);
    }

    @Test
    void matchesNothingButNothingWithoutPlaces() {
        assertThat(wildcards("").matches(List.of())).isTrue();
        assertThat(wildcards("").matches(List.of("a"))).isFalse();
        assertThat(wildcards("%%%").matches(Collections.nCopies(1000, "a"))).isTrue();
    }

    private static Wildcards<String> wildcards(String pattern) {
        return new Wildcards<>(symbols(pattern), "_", "%");
    }

    private static List<String> symbols(String text) {
        return Stream.of(text.split("")).filter(symbol -> !symbol.isEmpty()).toList();
    }

    private static String random(SplittableRandom random, String letters, int most) {
        return random.ints(random.nextInt(most), 0, letters.length())
                .mapToObj(letter -> letters.substring(letter, letter + 1))
                .collect(Collectors.joining());
    }
}
