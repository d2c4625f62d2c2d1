package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.bus.Bus;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.EventId;
import dev.sluice.event.Receipt;
import dev.sluice.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void sendsWhatComesInOneTurnAsOneMessageAndGivesEachItsOwnReceipts() {
        FakeJournal journal = new FakeJournal(vertx);
        GroupCommit commit = new GroupCommit(vertx, journal.exchange(), () -> true);

        List<List<Receipt>> receipts =
                inOneTurn(() -> Future.all(commit.append(drafts(1)), commit.append(drafts(3)), commit.append(drafts(2)))
                        .map(all -> all.<List<Receipt>>list()));

        assertThat(journal.groups()).containsExactly(6);
        assertThat(receipts)
                .extracting(list -> list.stream().map(r -> r.id().text()).toList())
                .containsExactly(List.of("evt_0"), List.of("evt_1", "evt_2", "evt_3"), List.of("evt_4", "evt_5"));
    }

    @Test
    void startsANewGroupInEachTurn() {
        FakeJournal journal = new FakeJournal(vertx);
        GroupCommit commit = new GroupCommit(vertx, journal.exchange(), () -> true);

        inOneTurn(() -> commit.append(drafts(1)));
        inOneTurn(() -> commit.append(drafts(1)));

        assertThat(journal.groups()).containsExactly(1, 1);
    }

    @Test
    void refusesEverybodyWhenTheJournalIsUnavailable() {
        FakeJournal journal = new FakeJournal(vertx);
        journal.becomeUnavailable();
        GroupCommit commit = new GroupCommit(vertx, journal.exchange(), () -> true);

        assertUnavailable(catchThrowable(() -> inOneTurn(() -> commit.append(drafts(1)))));
    }

    @Test
    void refusesEverybodyWhenNobodyAnswers() {
        GroupCommit commit = new GroupCommit(vertx, new Bus(vertx).exchange("nobody"), () -> true);

        assertUnavailable(catchThrowable(() -> inOneTurn(() -> commit.append(drafts(2)))));
    }

    @Test
    void refusesNobodyButThoseOfWhoseEventsSomeAreNotStored() {
        Receipt stored = Receipt.stored(new EventId("evt_0"));
        dev.sluice.bus.Exchange<Append, Appended> part = new Bus(vertx).exchange("part");
        part.answer(append -> Future.succeededFuture(
                        new Appended.InPart(Arrays.asList(stored, stored, null, stored), "a part is away")))
                .await();
        GroupCommit commit = new GroupCommit(vertx, part, () -> true);

        List<Future<List<Receipt>>> each = inOneTurn(() -> {
            List<Future<List<Receipt>>> all =
                    List.of(commit.append(drafts(1)), commit.append(drafts(2)), commit.append(drafts(1)));
            return Future.join(all).transform(done -> Future.succeededFuture(all));
        });

        assertThat(each.get(0).result()).containsExactly(stored);
        assertUnavailable(each.get(1).cause());
        assertThat(each.get(2).result()).containsExactly(stored);
    }

    @Test
    void trustsNoAnswerOfAnotherLength() {
        dev.sluice.bus.Exchange<Append, Appended> short_ = new Bus(vertx).exchange("short");
        short_.answer(append -> Future.succeededFuture(new Appended.Durable(List.of())))
                .await();
        GroupCommit commit = new GroupCommit(vertx, short_, () -> true);

        assertUnavailable(catchThrowable(() -> inOneTurn(() -> commit.append(drafts(2)))));
    }

    private static void assertUnavailable(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.problem().retryAfter()).isEqualTo(1);
        });
    }

    private <T> T inOneTurn(Callable<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        vertx.runOnContext(turn -> {
            try {
                action.call().onComplete(promise);
            } catch (Exception e) {
                promise.fail(e);
            }
        });
        return promise.future().await();
    }

    private static List<Draft> drafts(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> Decoding.json("{\"type\":\"a\"}"))
                .toList();
    }
}
