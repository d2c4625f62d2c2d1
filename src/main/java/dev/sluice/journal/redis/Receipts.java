package dev.sluice.journal.redis;

import dev.sluice.event.Appended;
import dev.sluice.event.Receipt;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of the events of one append, by their places in it. Confined to the context of the journal. */
final class Receipts {
    private final @Nullable Receipt[] known;

    // confined state
    private int told;
    private int stored;
    private int duplicates;
    /** Those that must not be appended, as something before them failed; hardly ever any. */
    private @Nullable BitSet leftOut;

    private @Nullable String reason;

    Receipts(int events) {
        this.known = new Receipt[events];
    }

    /** Once for each place. */
    void put(int place, Receipt receipt) {
        known[place] = receipt;
        told++;
        stored += receipt.isStored() ? 1 : 0;
        duplicates += receipt.isDuplicate() ? 1 : 0;
    }

    /** @param to exclusive */
    void put(int from, int to, Receipt receipt) {
        for (int place = from; place < to; place++) {
            put(place, receipt);
        }
    }

    /** @param to exclusive */
    void leaveOut(int from, int to, Throwable cause) {
        if (leftOut == null) {
            leftOut = new BitSet();
        }
        leftOut.set(from, to);
        failed(cause);
    }

    /** Some stay without a receipt for this. */
    void failed(Throwable cause) {
        if (reason == null) {
            reason = String.valueOf(cause.getMessage());
        }
    }

    /** It is to be appended. */
    boolean isOpen(int place) {
        return known[place] == null && (leftOut == null || !leftOut.get(place));
    }

    int stored() {
        return stored;
    }

    int duplicates() {
        return duplicates;
    }

    int missing() {
        return known.length - told;
    }

    Appended answer() {
        return missing() == 0
                ? new Appended.Durable(List.of(known))
                : answer(Arrays.asList(known), String.valueOf(reason));
    }

    /** @param reason why some have none, if some have none */
    static Appended answer(List<@Nullable Receipt> receipts, String reason) {
        long missing = receipts.stream().filter(Objects::isNull).count();
        if (missing == 0) {
            return new Appended.Durable(
                    receipts.stream().map(Objects::requireNonNull).toList());
        }
        return missing == receipts.size() ? new Appended.Unavailable(reason) : new Appended.InPart(receipts, reason);
    }
}
