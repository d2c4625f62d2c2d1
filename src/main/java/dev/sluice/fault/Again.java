package dev.sluice.fault;

import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing that is done again and again until it works. After an outage soon; after a fault ever more rarely, and with a
 * line in the log when the fault begins and when it is over. Confined to one context.
 */
public final class Again {
    static final Duration SOON = Duration.ofMillis(200);
    static final Duration RARELY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Again.class);
    private static final int MOST_SHOWN = 300;

    private final String what;
    private final Timers timers;
    private final FaultListener listener;

    // confined state
    private @Nullable String about;
    /** Faults in a row; an outage between two changes nothing. */
    private int faults;

    Again(String what, Timers timers, FaultListener listener) {
        this.what = what;
        this.timers = timers;
        this.listener = listener;
    }

    /** Names the one that it is about, such as a webhook: for the log alone. */
    public Again about(String name) {
        about = name;
        return this;
    }

    /** Notes what becomes of an attempt; when it is made again is for somebody else to say. */
    public <T> Future<T> watch(Future<T> attempt) {
        return attempt.onSuccess(done -> worked()).onFailure(this::failed);
    }

    /** Notes the failure, and tries again when it is time to. */
    public void later(Throwable cause, Runnable attempt) {
        failed(cause);
        timers.after(pause(cause), attempt);
    }

    public void worked() {
        if (faults > 0) {
            line(true, null);
            faults = 0;
        }
    }

    public void failed(Throwable cause) {
        if (Outage.is(cause)) {
            return;
        }
        listener.failed(what);
        if (faults++ == 0) {
            line(false, cause);
        }
    }

    /** Whether the last attempts failed, and not because of an outage. */
    boolean isFaulty() {
        return faults > 0;
    }

    private Duration pause(Throwable cause) {
        if (Outage.is(cause)) {
            return SOON;
        }
        Duration doubled = SOON.multipliedBy(1L << Math.min(faults - 1, 10));
        return doubled.compareTo(RARELY) < 0 ? doubled : RARELY;
    }

    private void line(boolean works, @Nullable Throwable cause) {
        var event = works ? LOG.atInfo() : LOG.atError();
        event = event.addKeyValue("what", what);
        if (about != null) {
            event = event.addKeyValue("about", about);
        }
        if (cause != null) {
            event = event.addKeyValue("reason", reason(cause));
        }
        event.log(works ? "works again" : "fails, and is tried again");
    }

    /** What came from outside may stand in a message: short, and without control characters. */
    static String reason(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= MOST_SHOWN ? plain : plain.substring(0, MOST_SHOWN) + "…";
    }
}
