package dev.sluice.http.tls;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether files hold another identity than before. Looks block; one thread at a time. {@link #current} by any thread. */
public final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final String setting;
    private final Supplier<Identity> files;
    private final RenewalListener listener;

    // written by the thread that looks, read by any
    private volatile Identity current;

    // confined state
    private String refused = "";
    private @Nullable String doubted;

    /** Told what is seen from outside. */
    public interface RenewalListener {
        /** At the start, and after each renewal. */
        void shown(Identity identity);

        void renewed();

        /** Files changed, and cannot be used. */
        void refused();
    }

    /**
     * @param setting where the files are named, such as {@code http.tls}
     * @param files   blocks; throws an {@link IllegalArgumentException} if they cannot be used, here too
     */
    public Renewal(String setting, Supplier<Identity> files, RenewalListener listener) {
        this.setting = setting;
        this.files = files;
        this.listener = listener;
        this.current = files.get();
        listener.shown(current);
        LOG.atInfo()
                .addKeyValue("setting", setting)
                .addKeyValue("certificate", current)
                .log("speaks TLS");
    }

    public Identity current() {
        return current;
    }

    /** The identity, if it is another one than before. */
    public Optional<Identity> look() {
        Identity found;
        try {
            found = files.get();
        } catch (IllegalArgumentException wrong) {
            doubt(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
        doubted = null;
        refused = "";
        if (found.isSameAs(current)) {
            return Optional.empty();
        }
        current = found;
        listener.shown(found);
        listener.renewed();
        LOG.atInfo()
                .addKeyValue("setting", setting)
                .addKeyValue("certificate", found)
                .log("certificate renewed");
        return Optional.of(found);
    }

    private void doubt(String reason) {
        boolean isBelieved = reason.equals(doubted);
        doubted = reason;
        if (isBelieved && !reason.equals(refused)) {
            refused = reason;
            listener.refused();
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("certificate", current)
                    .log("the files for TLS cannot be used: the former certificate goes on");
        }
    }
}
