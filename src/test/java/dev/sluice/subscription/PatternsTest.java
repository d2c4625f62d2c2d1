package dev.sluice.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                "urn:thing-1.x_Y",
                "orders/create",
                "Push Hook",
                "com.example/é.日本.😀",
                "a,b;c=d|e?f#g%h\"i'j\\\\k~l!m@n^o&p(q)r+s<t>u[v]w`x"
            })
    void acceptsWhatUsersSubscribeTo(String pattern) {
        assertThat(Patterns.problem(pattern)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "entry*", "a.***", "a*b.c", "a\nb", "a\u0085", "\ud800"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThat(Patterns.problem(pattern)).contains("expected");
    }

    @Test
    void refusesAnOverlongPattern() {
        assertThat(Patterns.problem("a".repeat(1024))).isNull();
        assertThat(Patterns.problem("a".repeat(1025))).contains("1025 characters");
        assertThat(Patterns.problem("a.".repeat(127) + "a")).isNull();
        assertThat(Patterns.problem("a.".repeat(128) + "a")).contains("129 segments");
    }

    @ParameterizedTest
    @CsvSource({
        "order.paid, order.*, true",
        "order.*, order.*, true",
        "order.*, order.**, true",
        "order.**, order.*, false",
        "order, order.**, true",
        "order.**, order.*.**, false",
        "**, **, true",
        "**, *, false",
        "*, **, true",
        "a.**.z, a.**, true",
        "a.**.z, **.z, true",
        "a.**, a.**.z, false",
        "**.*, *.**, true",
        "*.paid, order.*, false",
        "b.**, **.b.**, true",
        "a.b, a.b.c, false",
    })
    void tellsWhetherWhatOnePatternWantsIsWantedByAnother(String pattern, String other, boolean isWithin) {
        assertThat(Patterns.isWithin(pattern, other)).isEqualTo(isWithin);
    }

    /** Held against all types of few segments, each of few names. */
    @Test
    void neverTakesForWithinWhatWantsMore() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> symbols = List.of("a", "b", Patterns.ONE, Patterns.REST);
        List<String> types = types(4);
        for (int i = 0; i < 2_000; i++) {
            String pattern = anyOf(random, symbols);
            String other = anyOf(random, symbols);
            if (Patterns.isWithin(pattern, other)) {
                assertThat(types)
                        .filteredOn(type -> Patterns.matches(pattern, type))
                        .as("%s within %s", pattern, other)
                        .allMatch(type -> Patterns.matches(other, type));
            }
        }
    }

    private static String anyOf(SplittableRandom random, List<String> symbols) {
        return random.ints(random.nextInt(1, 5), 0, symbols.size())
                .mapToObj(symbols::get)
                .collect(Collectors.joining("."));
    }

    private static List<String> types(int segments) {
        List<String> all = new ArrayList<>();
        List<String> last = List.of("");
        for (int i = 0; i < segments; i++) {
            last = last.stream()
                    .flatMap(type -> Stream.of("a", "b", "c").map(name -> type.isEmpty() ? name : type + "." + name))
                    .toList();
            all.addAll(last);
        }
        return all;
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

    /** Each {@code **} that a way could be gone back to would multiply the cost by the length of the type. */
    @ParameterizedTest
    @CsvSource({
        "'**.a.**.a.**.a.**.a.**.a.**.a.**.a.b', a., false",
        "'**.a.**.a.**.a.**.a.**.a.**.a.**.a.**', a., true",
        "'**.*.**.*.**.*.**.*.**.*.**.*.**.*.b', a., false",
        "'**.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.b', a., false",
    })
    void looksAtEachSegmentOnceHoweverManyWildcardsThereAre(String pattern, String segment, boolean matches) {
        assertThat(Patterns.matches(pattern, segment.repeat(500) + "a")).isEqualTo(matches);
    }

    @Test
    void matchesAsTheDefinitionSaysOnRandomTypes() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            String pattern = random(random, List.of("a", "b", "*", "**"));
            String type = random(random, List.of("a", "b"));
            assertThat(Patterns.matches(pattern, type))
                    .as("%s wants %s", pattern, type)
                    .isEqualTo(NaiveMatcher.matches(List.of(pattern.split("\\.")), List.of(type.split("\\."))));
        }
    }

    private static String random(SplittableRandom random, List<String> segments) {
        return random.ints(1 + random.nextInt(7), 0, segments.size())
                .mapToObj(segments::get)
                .collect(Collectors.joining("."));
    }

    @ParameterizedTest
    @CsvSource({"a.b, 0", "a.*, 0", "a.**, 0", "**.a, 1", "a.**.b.*.c, 3", "**.a.**.b, 3"})
    void countsTheSegmentsThatMayBeMetAnywhere(String pattern, int segments) {
        assertThat(Patterns.segmentsBehindRest(pattern)).isEqualTo(segments);
    }
}
