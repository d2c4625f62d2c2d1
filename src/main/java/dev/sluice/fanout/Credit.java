package dev.sluice.fanout;

import dev.sluice.config.FanoutConfig;
import dev.sluice.journal.Entry;
import java.util.List;

/**
 * How many more events one fan-out may hold: by their number, and by their bytes, taken to be as large as the last ones.
 * Confined to its fan-out.
 */
final class Credit {
    /** Until something was read, an event is taken to be this part of the byte credit. */
    private static final int UNKNOWN_SHARE = 64;

    private final FanoutConfig window;

    // confined state
    private int events;
    private long bytes;
    private long typicalBytes;

    Credit(FanoutConfig window) {
        this.window = window;
        this.typicalBytes = Math.max(1, window.windowBytes() / UNKNOWN_SHARE);
    }

    /** So many events may be asked for. */
    int free() {
        long byNumber = (long) window.window() - events;
        long room = window.windowBytes() - bytes;
        long byBytes = room <= 0 ? 0 : Math.max(1, room / typicalBytes);
        return (int) Math.max(0, Math.min(byNumber, byBytes));
    }

    /** The typical size grows at once when events are larger than before, and shrinks by half a read at a time. */
    void take(List<Entry> entries) {
        long sum = 0;
        for (Entry entry : entries) {
            sum += entry.event().data().length();
        }
        if (!entries.isEmpty()) {
            typicalBytes = Math.max(1, Math.max(sum / entries.size(), typicalBytes / 2));
        }
        events += entries.size();
        bytes += sum;
    }

    void giveBack(Entry entry) {
        events--;
        bytes -= entry.event().data().length();
    }

    /** Of events that are held. */
    int events() {
        return events;
    }
}
