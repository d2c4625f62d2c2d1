package dev.sluice.event;

import dev.sluice.bus.LocalMessage;
import java.util.List;

/** The journal's answer to an {@link Append}. */
public sealed interface Appended extends LocalMessage {
    /** Every event that a receipt calls stored or a duplicate is durable; one receipt for each draft, in order. */
    record Durable(List<Receipt> receipts) implements Appended {}

    /**
     * The events are not known to be durable: some may be stored, none may be acknowledged.
     *
     * @param reason for a person: what failed
     */
    record Unavailable(String reason) implements Appended {}
}
