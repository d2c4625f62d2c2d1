package dev.sluice.telemetry;

import dev.sluice.time.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.threadchecker.BlockedThreadEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names event loops that one piece of work holds. Vert.x looks at all of them from a thread of its own, and tells of each as
 * long as it is held; here each time counts once, and what takes long is logged once, with what the loop was at. Confined to
 * that thread.
 *
 * <h2>Why not the heartbeats</h2>
 *
 * They come twice a second, and would miss nine of ten pieces of work that take 50 ms.
 */
final class LoopWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

    /** What everybody else on the loop notices. */
    static final Duration HELD = Duration.ofMillis(50);

    /**
     * What takes less than this longer than {@link #HELD} may be missed. Shorter, and the looks would be what an idle pod
     * does most.
     */
    private static final Duration LOOK = Duration.ofMillis(50);
    /** What an operator wants to read about. A start loads classes for longer than {@link #HELD}. */
    private static final Duration LONG = Duration.ofMillis(500);

    /** Two times cannot begin closer to each other. */
    private static final long SAME = HELD.toNanos() / 2;

    private static final Pattern LOOP = Pattern.compile(".*eventloop-thread-(\\d+)");
    private static final int FRAMES = 8;

    private final Ticker ticker;
    private final Consumer<String> held;

    // confined state
    private final Map<String, Long> began = new HashMap<>();
    private final Map<String, Long> logged = new HashMap<>();

    /** @param held takes the number of the loop */
    LoopWatch(Ticker ticker, Consumer<String> held) {
        this.ticker = ticker;
        this.held = held;
    }

    static VertxOptions options(VertxOptions options) {
        return options.setBlockedThreadCheckInterval(LOOK.toMillis())
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(HELD.toMillis())
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
    }

    /** In the place of what Vert.x logs. */
    void over(Vertx vertx) {
        ((VertxInternal) vertx).blockedThreadChecker().setThreadBlockedHandler(this::isHeld);
    }

    private void isHeld(BlockedThreadEvent event) {
        Matcher loop = LOOP.matcher(event.thread().getName());
        if (!loop.matches()) {
            return;
        }
        String number = loop.group(1);
        long since = ticker.nanos() - event.duration();
        if (isAnother(began.put(number, since), since)) {
            held.accept(number);
        }
        if (event.duration() > LONG.toNanos() && isAnother(logged.put(number, since), since)) {
            LOG.atWarn()
                    .addKeyValue("loop", number)
                    .addKeyValue("for", Duration.ofNanos(event.duration()))
                    .addKeyValue("at", frames(event.thread()))
                    .log("an event loop is held");
        }
    }

    private static boolean isAnother(@Nullable Long former, long since) {
        return former == null || Math.abs(since - former) > SAME;
    }

    private static String frames(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
