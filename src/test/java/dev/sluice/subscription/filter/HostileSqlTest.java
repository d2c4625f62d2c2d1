package dev.sluice.subscription.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileSqlTest {
    @Test
    void refusesTextsForLikeThatOnlyConcatCanMake() {
        EventView large = Views.of("type", "a", "source", "b", "x", "a".repeat(8192));

        assertThat(Sql.of("CONCAT(x, x) LIKE '%a'").matches(large)).isTrue();
        assertThat(Sql.of("CONCAT(x, x, x) LIKE '%a'").matches(large)).isFalse();
        assertThat(Objects.requireNonNull(Sql.of("CONCAT(x, x, x) LIKE '%a'").denial(large, ""))
                        .detail())
                .contains("24576 characters (expected: at most 16384)");
    }

    /** In the shapes that cost a recursive parser most, on a stack a quarter of an event loop's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"(|2", "NOT |1", "-|1", "1 - |2", "TRUE XOR |2", "1=|2", "site IN (|4", "ABS(|3"})
    void survivesTheDeepestNesting(String piece, int tokens) throws InterruptedException {
        String open = piece.repeat(298 / tokens);
        String text =
                open + "1" + ")".repeat((int) open.chars().filter(c -> c == '(').count());
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(
                null, () -> assertThat(Sql.of(text).matches(SqlTest.EVENT)).isIn(true, false), "small", 256 * 1024);
        thread.setUncaughtExceptionHandler((same, failure) -> thrown.add(failure));
        thread.start();
        thread.join();

        assertThat(thrown).isEmpty();
        assertThatThrownBy(() -> Sql.of(piece.repeat(301))).hasMessageContaining("(expected: at most 300)");
    }

    @Test
    void throwsNothingForRandomExpressions() {
        String[] words = {
            "site",
            "missing",
            "sequence",
            "TRUE",
            "'a'",
            "7",
            "(",
            ")",
            "NOT",
            "-",
            "AND",
            "OR",
            "XOR",
            "=",
            "<>",
            "<",
            "+",
            "*",
            "/",
            "%",
            "LIKE 'a%'",
            "IN ('a', 7, TRUE)",
            "EXISTS site",
            "LEFT(",
            ",",
            "INT(",
            "ABS(",
            "-2147483648"
        };
        SplittableRandom random = new SplittableRandom(11);
        int parsed = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = random.nextInt(1, 8); w > 0; w--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            parsed += matchesIfParsed(text.toString()) ? 1 : 0;
        }
        assertThat(parsed).isGreaterThan(500);
    }

    private boolean matchesIfParsed(String text) {
        Sql sql;
        try {
            sql = Sql.of(text);
        } catch (IllegalArgumentException refused) {
            return false;
        }
        assertThat(sql.matches(SqlTest.EVENT)).as(text).isEqualTo(sql.denial(SqlTest.EVENT, "") == null);
        return true;
    }

    /** Webhooks are shared by all event loops. */
    @Test
    void evaluatesOnSeveralThreadsAtOnce() throws Exception {
        Sql sql = Sql.of("type LIKE 'entry.%' AND site IN ('11', '12') AND LENGTH(CONCAT(site, sequence)) = 3");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String site = i % 2 == 0 ? "12" : "13";
                tasks.add(() -> alwaysMatches(sql, site));
            }
            for (Future<Boolean> agreed : threads.invokeAll(tasks)) {
                assertThat(agreed.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean alwaysMatches(Sql sql, String site) {
        boolean agreed = true;
        for (int i = 0; i < 20_000; i++) {
            EventView own = Views.of("type", "entry.x", "source", "cms", "site", site, "sequence", "7");
            agreed &= sql.matches(own) == site.equals("12");
        }
        return agreed;
    }
}
