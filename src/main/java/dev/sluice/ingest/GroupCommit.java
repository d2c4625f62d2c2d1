package dev.sluice.ingest;

import dev.sluice.bus.Exchange;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.ingest.decode.Refusals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what arrives in one turn of the event loop as one message: the more comes, the larger the group, and one quiet
 * producer waits for nobody. Confined to one event loop; not thread-safe.
 *
 * <p>Why not a timer: a group that waits a millisecond for more adds that millisecond to every event of an idle gateway,
 * and under load the turn is as long by itself.
 */
public final class GroupCommit implements Appends {
    private final Vertx vertx;
    private final Exchange<Append, Appended> journal;
    private final BooleanSupplier open;

    private List<Draft> drafts = new ArrayList<>();
    private List<Share> shares = new ArrayList<>();

    /** @param open whether the journal can hold what it takes */
    public GroupCommit(Vertx vertx, Exchange<Append, Appended> journal, BooleanSupplier open) {
        this.vertx = vertx;
        this.journal = journal;
        this.open = open;
    }

    @Override
    public boolean isOpen() {
        return open.getAsBoolean();
    }

    /** One caller's part of a group: the drafts from {@code from} to {@code to}, exclusive. */
    private record Share(int from, int to, Promise<List<Receipt>> promise) {
        void settle(List<Receipt> receipts) {
            promise.complete(receipts.subList(from, to));
        }

        /** A request is acknowledged when all of its events are durable. */
        void settleIfWhole(List<@Nullable Receipt> receipts) {
            List<Receipt> own = new ArrayList<>(to - from);
            for (Receipt receipt : receipts.subList(from, to)) {
                if (receipt == null) {
                    refuse();
                    return;
                }
                own.add(receipt);
            }
            promise.complete(own);
        }

        void refuse() {
            promise.fail(Refusals.UNAVAILABLE.asException());
        }
    }

    @Override
    public Future<List<Receipt>> append(List<Draft> added) {
        if (!isOpen()) {
            return Future.failedFuture(Refusals.CLOSED.asException());
        }
        if (shares.isEmpty()) {
            vertx.runOnContext(endOfTurn -> flush());
        }
        Promise<List<Receipt>> promise = Promise.promise();
        int from = drafts.size();
        drafts.addAll(added);
        shares.add(new Share(from, drafts.size(), promise));
        return promise.future();
    }

    private void flush() {
        List<Draft> group = drafts;
        List<Share> waiting = shares;
        drafts = new ArrayList<>(group.size());
        shares = new ArrayList<>(waiting.size());
        journal.ask(new Append(group))
                .onSuccess(answer -> settle(waiting, group.size(), answer))
                .onFailure(nobodyAnswered -> refuse(waiting));
    }

    private static void settle(List<Share> waiting, int drafts, Appended answer) {
        if (answer instanceof Appended.Durable durable && durable.receipts().size() == drafts) {
            waiting.forEach(share -> share.settle(durable.receipts()));
        } else if (answer instanceof Appended.InPart part && part.receipts().size() == drafts) {
            waiting.forEach(share -> share.settleIfWhole(part.receipts()));
        } else {
            refuse(waiting);
        }
    }

    private static void refuse(List<Share> waiting) {
        waiting.forEach(Share::refuse);
    }
}
