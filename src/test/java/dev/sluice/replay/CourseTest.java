package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.journal.Past;
import dev.sluice.journal.Past.Page;
import dev.sluice.replay.Course.Leg;
import dev.sluice.replay.Course.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CourseTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<String> PARTITIONS = List.of("f0", "f1", "k0");

    private static Course course(Duration range) {
        return new Course(SINCE, SINCE.plus(range), PARTITIONS);
    }

    private static Position empty(Course course, Position at) {
        Leg leg = course.leg(at);
        return course.after(at, new Page(List.of(), leg.place(), false));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9_999, 10_000, 10_001, 3_600_000, 3_600_007, 86_400_000_000L})
    void readsEachPartitionFromTheBeginningToTheEndWithoutAGap(long millis) {
        Course course = course(Duration.ofMillis(millis));
        List<Leg> legs = new ArrayList<>();
        for (Position at = Course.START; !course.isEnd(at); at = empty(course, at)) {
            legs.add(course.leg(at));
        }
        for (String partition : PARTITIONS) {
            List<Leg> own = legs.stream()
                    .filter(leg -> leg.partition().equals(partition))
                    .toList();
            assertThat(own.get(0).place()).isEqualTo(Past.place(SINCE));
            assertThat(own.get(own.size() - 1).until()).isEqualTo(SINCE.plusMillis(millis));
            for (int i = 1; i < own.size(); i++) {
                assertThat(own.get(i).place())
                        .isEqualTo(Past.place(own.get(i - 1).until()));
            }
        }
        assertThat(legs).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void goesThroughAllPartitionsBeforeItGoesOnInTime() {
        Course course = course(Duration.ofSeconds(20));
        List<String> way = new ArrayList<>();
        for (Position at = Course.START; !course.isEnd(at); at = empty(course, at)) {
            way.add(at.slice() + course.leg(at).partition());
        }
        assertThat(way).containsExactly("0f0", "0f1", "0k0", "1f0", "1f1", "1k0");
    }

    @Test
    void staysInAPartitionWhileThereIsMore() {
        Course course = course(Duration.ofHours(1));
        Position at = course.after(Course.START, new Page(List.of(), "(5-1", true));
        assertThat(course.leg(at)).isEqualTo(new Leg("f0", "(5-1", SINCE.plusSeconds(36)));
        assertThat(course.leg(empty(course, at)).partition()).isEqualTo("f1");
    }

    @Test
    void knowsEachPositionByItsText() {
        Course course = course(Duration.ofSeconds(20));
        for (Position at = Course.START; !course.isEnd(at); at = empty(course, at)) {
            assertThat(course.position(course.text(at))).isEqualTo(at);
            Position within = course.after(at, new Page(List.of(), "(5-1", true));
            assertThat(course.position(course.text(within))).isEqualTo(within);
        }
        Position end = new Position(2, 0, "");
        assertThat(course.isEnd(course.position(course.text(end)))).isTrue();
        assertThat(course.position("")).isEqualTo(Course.START);
    }

    @Test
    void goesOnInTheSameSliceWhereAPodKnowsOtherPartitions() {
        Course course = course(Duration.ofSeconds(20));
        assertThat(course.position("1 f7 (5-1")).isEqualTo(new Position(1, 0, ""));
        Course wider = new Course(SINCE, SINCE.plusSeconds(20), List.of("f0", "f1", "f2", "k0"));
        assertThat(wider.leg(wider.position("1 k0 (5-1"))).isEqualTo(new Leg("k0", "(5-1", SINCE.plusSeconds(20)));
    }

    @Test
    void progressGrowsFromNoneToAll() {
        Course course = course(Duration.ofMinutes(10));
        double before = -1;
        Position at = Course.START;
        for (; !course.isEnd(at); at = empty(course, at)) {
            assertThat(course.progress(at)).isGreaterThan(before).isBetween(0.0, 1.0);
            before = course.progress(at);
        }
        assertThat(course.progress(Course.START)).isZero();
        assertThat(course.progress(at)).isEqualTo(1);
    }
}
