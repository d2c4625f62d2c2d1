package dev.sluice.memory;

import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once when there is no room for a purpose, and once when there was for a while. One thread looks, any may ask.
 *
 * <p>Why not the moment at which a quota is full: under load it is so many times a second, and what nobody asked for then hurt
 * nobody. It is short when somebody was refused.
 */
public final class Scarcity {
    /** Looks, a second apart, at which nobody must have been refused. */
    private static final int CALM = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Scarcity.class);

    private final List<Watched> all;

    /** One purpose, and whether it is short. */
    public static final class Watched {
        private final Purpose purpose;

        // confined state
        private long seen;
        private int calm;

        // read by other threads
        private volatile boolean isShort;

        private Watched(Purpose purpose) {
            this.purpose = purpose;
        }

        public Purpose purpose() {
            return purpose;
        }

        public boolean isShort() {
            return isShort;
        }

        private void look() {
            LongSupplier counter = purpose.refusals();
            if (counter == null) {
                return;
            }
            long refusals = counter.getAsLong();
            calm = refusals == seen ? calm + 1 : 0;
            seen = refusals;
            if (isShort ? calm >= CALM : calm == 0) {
                isShort = !isShort;
                tell();
            }
        }

        private void tell() {
            (isShort ? LOG.atWarn() : LOG.atInfo())
                    .addKeyValue("purpose", purpose.name())
                    .addKeyValue("held", purpose.held().getAsLong())
                    .addKeyValue("most", purpose.most())
                    .log(
                            isShort
                                    ? "memory is short: what needs it waits or is refused"
                                    : "there is enough memory again");
        }
    }

    public Scarcity(List<Purpose> purposes) {
        this.all = purposes.stream().map(Watched::new).toList();
    }

    public List<Watched> all() {
        return all;
    }

    /** To be called once a second. */
    public void look() {
        all.forEach(Watched::look);
    }
}
