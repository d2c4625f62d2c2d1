package dev.sluice.fanout;

import dev.sluice.config.FanoutConfig;
import dev.sluice.journal.Entry;
import java.util.List;

/**
 * How many more events one fan-out may hold: by their deliveries, and by their bytes. How many deliveries an event has is
 * known once it is placed; until then, events are taken to be like those of the last read. Confined to its fan-out.
 */
final class Credit {
    /** Until something was read, an event is taken to be this part of the credit. */
    private static final int UNKNOWN_SHARE = 64;

    private final FanoutConfig window;

    // confined state
    private int deliveries;
    private long bytes;
    private int typicalDeliveries;
    private long typicalBytes;

    /** Of those placed since the last read. */
    private int placedEvents;

    private int placedDeliveries;

    Credit(FanoutConfig window) {
        this.window = window;
        this.typicalDeliveries = Math.max(1, window.window() / UNKNOWN_SHARE);
        this.typicalBytes = Math.max(1, window.windowBytes() / UNKNOWN_SHARE);
    }

    /** So many events may be asked for. */
    int free() {
        long byNumber = parts(window.window() - deliveries, typicalDeliveries);
        long byBytes = parts(window.windowBytes() - bytes, typicalBytes);
        return (int) Math.min(byNumber, byBytes);
    }

    /** Of so many bytes together. */
    long freeBytes() {
        return Math.max(0, window.windowBytes() - bytes);
    }

    /** As long as there is any room, one: nothing typical is too large for an empty window. */
    private static long parts(long room, long typical) {
        return room <= 0 ? 0 : Math.max(1, room / typical);
    }

    /** Each is one delivery until it is {@link #placed}. What is typical grows at once, and shrinks by half a read at a time. */
    void take(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long sum = 0;
        for (Entry entry : entries) {
            sum += entry.event().bytes();
        }
        typicalBytes = Math.max(1, Math.max(sum / entries.size(), typicalBytes / 2));
        if (placedEvents > 0) {
            typicalDeliveries = Math.max(1, Math.max(placedDeliveries / placedEvents, typicalDeliveries / 2));
            placedEvents = 0;
            placedDeliveries = 0;
        }
        deliveries += entries.size();
        bytes += sum;
    }

    /** An event that was taken has so many deliveries, which may be none. */
    void placed(int itsDeliveries) {
        placedEvents++;
        placedDeliveries += itsDeliveries;
        deliveries += itsDeliveries - 1;
    }

    /** One delivery of an event has. */
    void settled() {
        deliveries--;
    }

    /** @param left the deliveries of the event that have not settled; 1 if it never was placed */
    void giveBack(Entry entry, int left) {
        deliveries -= left;
        bytes -= entry.event().bytes();
    }
}
