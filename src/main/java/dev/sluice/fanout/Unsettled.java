package dev.sluice.fanout;

import dev.sluice.journal.Entry;
import java.util.ArrayList;
import java.util.List;

/** An event some of whose deliveries are still under way. Confined to its fan-out. */
final class Unsettled {
    final Entry entry;
    final long since;

    private int remaining = 1;
    private List<String> unnoted = List.of();

    Unsettled(Entry entry, long since) {
        this.entry = entry;
        this.since = since;
    }

    /** The match is known: so many deliveries have to settle. */
    void expect(int deliveries) {
        remaining = deliveries;
    }

    /** Deliveries that have not settled; before {@link #expect} the event itself. */
    int remaining() {
        return remaining;
    }

    /** @return true if it was the last one */
    boolean settled(String webhookId) {
        remaining--;
        if (remaining > 0) {
            if (unnoted.isEmpty()) {
                unnoted = new ArrayList<>();
            }
            unnoted.add(webhookId);
        }
        return remaining == 0;
    }

    /** The webhooks that settled since the last call. */
    List<String> takeUnnoted() {
        List<String> taken = unnoted;
        unnoted = List.of();
        return taken;
    }
}
