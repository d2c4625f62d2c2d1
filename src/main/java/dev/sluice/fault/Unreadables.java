package dev.sluice.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of one kind, read one by one: what cannot be read (a newer version wrote it, another key sealed it, or it is
 * broken) is left out, and the others are there. Each is named in the log when it is found and when it can be read again.
 * Any thread.
 */
public final class Unreadables {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadables.class);
    /** Beyond so many at a time they are not named any more, but counted as often as they are read. */
    static final int MOST_NAMED = 1000;

    private final String kind;
    private final FaultListener listener;
    private final Map<String, String> named = new ConcurrentHashMap<>();

    Unreadables(String kind, FaultListener listener) {
        this.kind = kind;
        this.listener = listener;
    }

    /**
     * Null for a record that cannot be read.
     *
     * @param name of the record, as it is stored
     */
    public <T> @Nullable T read(String name, Supplier<T> record) {
        try {
            T read = record.get();
            readable(name);
            return read;
        } catch (RuntimeException broken) {
            unreadable(name, broken);
            return null;
        }
    }

    public void readable(String name) {
        if (!named.isEmpty() && named.remove(name) != null) {
            LOG.atInfo()
                    .addKeyValue("kind", kind)
                    .addKeyValue("name", plain(name))
                    .log("a record can be read again");
        }
    }

    /** @return what is the matter, for people */
    public String unreadable(String name, Throwable cause) {
        String reason = Again.reason(cause);
        boolean isKnown = named.containsKey(name);
        boolean isNew = !isKnown && named.size() < MOST_NAMED && named.put(name, reason) == null;
        if (!isKnown) {
            listener.unreadable(kind);
        }
        if (isNew) {
            LOG.atError()
                    .addKeyValue("kind", kind)
                    .addKeyValue("name", plain(name))
                    .addKeyValue("reason", reason)
                    .log("a record cannot be read; it is left out, and what it stands for waits");
            if (named.size() == MOST_NAMED) {
                LOG.atError()
                        .addKeyValue("kind", kind)
                        .log("%d records cannot be read; no more of them are named".formatted(MOST_NAMED));
            }
        }
        return reason;
    }

    /** It is gone. */
    public void forget(String name) {
        named.remove(name);
    }

    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }
}
