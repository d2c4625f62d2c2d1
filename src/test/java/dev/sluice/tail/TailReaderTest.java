package dev.sluice.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.tail.TailLine.Kind;
import dev.sluice.testing.InMemoryTail;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailReaderTest {
    private static final Pattern DATA = Pattern.compile("event: (\\w+)\ndata: (.*)");
    private static final TailPlace LONG_AGO = new TailPlace(1, 1);

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final Client client = new Client();
    private final Client slow = new Client();

    /** Asked for what is behind the first line, it does not answer. */
    private final InMemoryTail store = new InMemoryTail() {
        @Override
        public Future<Page> after(TailPlace place, int limit) {
            return place.equals(LONG_AGO) && isSlow ? Promise.<Page>promise().future() : super.after(place, limit);
        }
    };

    private final TailReader reader = new TailReader(new Tail(store), new Retries(Faults.UNCOUNTED, timers));
    private boolean isSlow;

    private void listen(Client who, TailPlace... from) {
        TailFilter filter = new TailFilter(EnumSet.of(Kind.EVENT), null, null, null, line -> true);
        reader.add(
                new TailListener(who, filter, () -> {}),
                Optional.of(from).filter(f -> f.length > 0).map(f -> f[0]));
    }

    private void tell(int from, int to) {
        store.append(IntStream.rangeClosed(from, to)
                .mapToObj(number -> new TailLine(Kind.EVENT, "default", null, null, String.valueOf(number)))
                .toList());
    }

    private void look() {
        timers.advance(TailReader.EVERY);
    }

    @Test
    void whoIsBehindHoldsUpNobody() {
        tell(1, 3);
        isSlow = true;
        listen(slow, LONG_AGO);
        listen(client);
        look();
        tell(4, 5);
        look();
        assertThat(client.told).containsExactly("4", "5");
        assertThat(slow.told).isEmpty();
    }

    @Test
    void whoReadsSlowlyGetsWhatItHasRoomForAndTheRestLater() {
        listen(slow);
        slow.room = 2;
        tell(1, 5);
        look();
        assertThat(slow.told).containsExactly("1", "2");
        slow.room = 9;
        look();
        assertThat(slow.told).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void whoHasNotSeenWhatIsTrimmedIsToldThatItMissedSomething() {
        listen(slow);
        slow.room = 2;
        tell(1, 9);
        look();
        store.forget(5);
        slow.room = 9;
        look();
        assertThat(slow.told).containsExactly("1", "2", "missed", "6", "7", "8", "9");
    }

    @Test
    void whoComesBackTooLateIsToldThatItMissedSomething() {
        tell(1, 9);
        store.forget(5);
        listen(client, LONG_AGO);
        look();
        assertThat(client.told).containsExactly("missed", "6", "7", "8", "9");
    }

    @Test
    void whoHadAllMissedNothingWhenNobodyWroteForLong() {
        listen(client);
        tell(1, 2);
        look();
        store.forget(2);
        look();
        tell(3, 3);
        look();
        assertThat(client.told).containsExactly("1", "2", "3");
    }

    @Test
    void getsWhatIsMoreThanAPageAtOneLook() {
        listen(client);
        tell(1, 1_200);
        look();
        assertThat(client.told).hasSize(1_200).doesNotHaveDuplicates();
    }

    /** Takes so many lines. Confined to the test's thread. */
    private static final class Client implements WriteStream<Buffer> {
        private final List<String> told = new ArrayList<>();
        private int room = Integer.MAX_VALUE;

        @Override
        public Future<Void> write(Buffer data) {
            Matcher line = DATA.matcher(data.toString());
            if (line.find()) {
                told.add(line.group(1).equals("missed") ? "missed" : line.group(2));
            }
            return Future.succeededFuture();
        }

        @Override
        public boolean writeQueueFull() {
            return told.size() >= room;
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
