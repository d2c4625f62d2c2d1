package dev.sluice.subscription.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LikePatternTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, ABC, false",
        "abc, ab, false",
        "ac, abc, false",
        "'', %, true",
        "'', '', true",
        "'', _, false",
        "abc, a%, true",
        "abc, %c, true",
        "abc, %b%, true",
        "abc, %%%, true",
        "abc, a%b%c, true",
        "azzzbzzzc, a%b%c, true",
        "ab, a%b%b, false",
        "aba, ab%ba, false",
        "xaaab, %aab, true",
        "xaabaab, %aab%aab, true",
        "xaabab, %aab%aab, false",
        "azbzc, a_b_c, true",
        "abc, a_b_c, false",
        "axyc, a__c, true",
        "axyzbc, a%_bc, true",
        "abc, a%_bc, false",
        "a😀c, a_c, true",
        "a%c, a\\%c, true",
        "abc, a\\%c, false",
        "a_c, a\\_c, true",
        "abc, a\\_c, false",
        "a\\c, a\\c, true",
        "a\\, a\\, true",
        "a.c, a.c, true",
        "abc, a.c, false",
        "aaaa, (a+)+, false",
        "aab, \\E(a+)+b\\Q, false",
    })
    void matches(String text, String pattern, boolean matches) {
        assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void agreesWithTheDefinitionOnRandomTexts() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            String text = random(random, "ab", 8);
            String pattern = random(random, "ab%_", 8);
            assertThat(LikePattern.of(pattern).matches(text))
                    .as("%s LIKE %s", text, pattern)
                    .isEqualTo(likes(text, pattern));
        }
    }

    /** A regular expression made of this pattern takes longer than the universe has been there. */
    @Test
    void staysCheapHoweverManyWildcardsThereAre() {
        LikePattern pattern = LikePattern.of("%a".repeat(400) + "b");
        String text = "a".repeat(16_000);

        assertThat(pattern.matches(text)).isFalse();
    }

    /** A text that nearly fits everywhere, by a pattern as long as a filter may hold: 16 million looks, were each a step. */
    @Test
    void doesNotBeginAnewAtEveryCharacter() {
        LikePattern pattern = LikePattern.of("%" + "a".repeat(990) + "b%");
        String text = "a".repeat(16_000);

        for (int i = 0; i < 100; i++) {
            assertThat(pattern.matches(text)).isFalse();
        }
    }

    private static String random(SplittableRandom random, String letters, int most) {
        return random.ints(random.nextInt(most), 0, letters.length())
                .mapToObj(letter -> letters.substring(letter, letter + 1))
                .collect(Collectors.joining());
    }

    private static boolean likes(String text, String pattern) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '%') {
            return likes(text, rest) || (!text.isEmpty() && likes(text.substring(1), pattern));
        }
        boolean first = !text.isEmpty() && (pattern.charAt(0) == '_' || pattern.charAt(0) == text.charAt(0));
        return first && likes(text.substring(1), rest);
    }
}
