package dev.sluice.delivery.send.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.time.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shared connections that die without a word. */
class PulseTest {
    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Pulse pulse = new Pulse(new Wheel(timers, ticker, Duration.ofMillis(20)));
    private final Line line = new Line();

    @Test
    void closesAConnectionThatDoesNotAnswer() {
        pulse.check(line.connection);
        pulse.check(line.connection);
        timers.advance(Duration.ofMillis(4999));
        assertThat(line.closed).isFalse();
        timers.advance(Duration.ofMillis(21));

        assertThat(line.closed).isTrue();
        assertThat(line.pings).hasSize(1);
        pulse.check(line.connection);
        assertThat(line.pings).as("it is not remembered").hasSize(2);
    }

    @Test
    void leavesAConnectionThatAnswersAndAsksItAgainLater() {
        pulse.check(line.connection);
        line.pings.get(0).complete(Buffer.buffer(new byte[8]));
        timers.advance(Duration.ofMinutes(1));
        assertThat(line.closed).isFalse();

        pulse.check(line.connection);
        assertThat(line.pings).hasSize(2);
    }

    /** The three methods of a connection that count here. */
    private static final class Line {
        final List<Promise<Buffer>> pings = new ArrayList<>();
        final HttpConnection connection = (HttpConnection)
                Proxy.newProxyInstance(Line.class.getClassLoader(), new Class<?>[] {HttpConnection.class}, this::call);
        boolean closed;

        private Object call(Object self, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "ping" -> {
                    pings.add(Promise.promise());
                    yield pings.get(pings.size() - 1).future();
                }
                case "close" -> {
                    closed = true;
                    yield Future.succeededFuture();
                }
                case "hashCode" -> 1;
                case "equals" -> self == arguments[0];
                default -> throw new UnsupportedOperationException(method.getName());
            };
        }
    }
}
