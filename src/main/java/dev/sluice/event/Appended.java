package dev.sluice.event;

import dev.sluice.bus.LocalMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal's answer to an {@link Append}. */
public sealed interface Appended extends LocalMessage {
    /** Every event that a receipt calls stored or a duplicate is durable; one receipt for each draft, in order. */
    record Durable(List<Receipt> receipts) implements Appended {}

    /**
     * As {@link Durable} of those that have a receipt, and {@link Unavailable} of the others: a part of a cluster was away.
     *
     * @param receipts one for each draft, in order, or null
     * @param reason   for a person: what failed
     */
    record InPart(List<@Nullable Receipt> receipts, String reason) implements Appended {}

    /**
     * The events are not known to be durable: some may be stored, none may be acknowledged.
     *
     * @param reason for a person: what failed
     */
    record Unavailable(String reason) implements Appended {}
}
