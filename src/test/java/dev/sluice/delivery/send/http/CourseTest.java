package dev.sluice.delivery.send.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.send.http.wear.Habits;
import dev.sluice.delivery.send.http.wear.Traffic;
import dev.sluice.testing.ManualTicker;
import dev.sluice.time.Jitter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final int NONE = Split.NONE;

    private final ManualTicker ticker = new ManualTicker();
    private final Habits habits = new Habits(Duration.ofSeconds(30), ticker, Jitter.NONE);
    private final Course course = new Course(ticker, ticker.nanos());

    private void pass(long millis) {
        ticker.advance(Duration.ofMillis(millis));
    }

    private void asks() {
        course.asks(course.elapsed());
    }

    private Traffic connection() {
        return habits.begin();
    }

    private void goesOut(Traffic connection) {
        course.goesOut(ticker.nanos(), connection);
    }

    private Split split() {
        return course.split(course.elapsed());
    }

    @Test
    void hasAllPartsOnANewConnection() {
        pass(3);
        course.looksUp();
        pass(5);
        asks();
        pass(7);
        long handshake = ticker.nanos();
        pass(11);
        Traffic connection = connection();
        connection.secured(handshake);
        goesOut(connection);
        pass(13);
        course.answerBegins();
        pass(17);
        assertThat(split()).isEqualTo(new Split(5, 7, 11, 13, 17));
    }

    @Test
    void hasNoneOfAConnectionThatWasThere() {
        Traffic connection = connection();
        pass(3);
        Course next = new Course(ticker, ticker.nanos());
        pass(1);
        next.asks(next.elapsed());
        pass(4);
        next.goesOut(ticker.nanos(), connection);
        pass(13);
        next.answerBegins();
        assertThat(next.split(next.elapsed())).isEqualTo(new Split(NONE, NONE, NONE, 13, 0));
        assertThat(next.split(next.elapsed()).isOnKeptConnection()).isTrue();
    }

    @Test
    void knowsInWhichPartItIs() {
        assertThat(split()).isEqualTo(Split.UNKNOWN);
        course.looksUp();
        pass(2);
        assertThat(split()).isEqualTo(new Split(2, NONE, NONE, NONE, NONE));
        asks();
        pass(3);
        assertThat(split()).isEqualTo(new Split(2, 3, NONE, NONE, NONE));
        course.secures(ticker.nanos());
        pass(4);
        assertThat(split()).isEqualTo(new Split(2, 3, 4, NONE, NONE));
        goesOut(connection());
        pass(5);
        assertThat(split().firstByte()).isEqualTo(5);
    }

    @Test
    void countsTheWaitForTheOtherAddressesAsConnecting() {
        asks();
        pass(200);
        asks();
        pass(10);
        goesOut(connection());
        course.secures(ticker.nanos()); // of the one that came too late
        pass(1);
        assertThat(split()).isEqualTo(new Split(NONE, 210, NONE, 1, NONE));
    }

    @Test
    void hasTheHandshakeThatOthersHadBegunFromWhereItWaitsForIt() {
        long handshake = ticker.nanos();
        pass(20);
        asks();
        pass(5);
        Traffic connection = connection();
        connection.secured(handshake);
        goesOut(connection);
        assertThat(split()).isEqualTo(new Split(NONE, 0, 5, 0, NONE));
    }

    @Test
    void beginsAnewWhenItIsSentAgain() {
        Traffic old = connection();
        pass(1);
        asks();
        goesOut(old);
        pass(40);
        course.again(SentAgain.STALE);
        asks();
        pass(2);
        goesOut(connection());
        pass(8);
        course.answerBegins();
        assertThat(split()).isEqualTo(new Split(NONE, 2, NONE, 8, 0));
    }

    @Test
    void isNeverLongerThanTheWholeHoweverItIsCut() {
        Duration most = Duration.ofNanos(999_999);
        ticker.advance(most);
        course.looksUp();
        ticker.advance(most);
        asks();
        ticker.advance(most);
        long handshake = ticker.nanos();
        ticker.advance(most);
        Traffic connection = connection();
        connection.secured(handshake);
        goesOut(connection);
        ticker.advance(most);
        course.answerBegins();
        ticker.advance(most);
        Split split = split();
        int sum = split.dns() + split.connect() + split.tls() + split.firstByte() + split.body();
        assertThat(sum).isEqualTo((int) (course.elapsed() / 1_000_000)).isEqualTo(5);
    }

    @Test
    void readsTheClockOnceMoreOnAKeptConnection() {
        AtomicInteger readings = new AtomicInteger();
        Course counted = new Course(readings::incrementAndGet, 0);
        counted.asks(1);
        counted.goesOut(2, connection());
        counted.answerBegins();
        counted.split(3);
        assertThat(readings).hasValue(1);
    }

    @Test
    void allocatesLittleForAnAttempt() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Traffic connection = connection();
        pass(1);
        int attempts = 10_000;
        int sum = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < attempts; i++) {
            sum += kept(connection).firstByte();
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / attempts;
        assertThat(sum).isZero();
        assertThat(each).isLessThan(200);
    }

    private Split kept(Traffic connection) {
        Course one = new Course(ticker, ticker.nanos());
        one.asks(0);
        one.goesOut(ticker.nanos(), connection);
        one.answerBegins();
        return one.split(0);
    }
}
