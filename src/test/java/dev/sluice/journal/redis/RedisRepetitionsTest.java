package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.testing.Drafts;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisRepetitionsTest extends RedisJournalHarness {
    @Test
    void answersARepetitionWithTheFirstIdAndStoresItOnce() {
        RedisJournalReader reader = reader("one", Duration.ofSeconds(15));
        List<Receipt> first = append(Drafts.repeatable("a", "k1"), Drafts.plain("b"), Drafts.repeatable("c", "k2"));
        List<Receipt> second = append(Drafts.repeatable("a", "k1"), Drafts.repeatable("d", "k3"));
        assertThat(first).extracting(Receipt::isDuplicate).containsExactly(false, false, false);
        assertThat(second).extracting(Receipt::isDuplicate).containsExactly(true, false);
        assertThat(second.get(0).id()).isEqualTo(first.get(0).id());
        assertThat(first).extracting(Receipt::id).doesNotHaveDuplicates();
        assertThat(readAll(reader, 4)).hasSize(4);
    }

    @Test
    void storesARepetitionWithinOneWriteOnce() {
        List<Receipt> receipts = append(Drafts.repeatable("a", "k"), Drafts.repeatable("a", "k"));
        assertThat(receipts).extracting(Receipt::isDuplicate).containsExactly(false, true);
        assertThat(receipts.get(0).id()).isEqualTo(receipts.get(1).id());
    }

    /** More commands than a link has room for, and more than Redis should do in one script. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void storesAsManyEventsAtOnceAsIngestAdmits(boolean mayRepeat) {
        List<Draft> drafts = IntStream.range(0, 20_000)
                .mapToObj(i -> mayRepeat ? Drafts.repeatable("a", "k" + i) : Drafts.plain("a"))
                .toList();

        List<Appended> both = LOOP.get(
                () -> Future.all(journal.append(drafts), journal.append(drafts)).map(CompositeFuture::list));

        assertThat(both).allSatisfy(appended -> assertThat(appended).isInstanceOf(Appended.Durable.class));
        List<Receipt> second = ((Appended.Durable) both.get(1)).receipts();
        assertThat(second).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(second)
                .allMatch(receipt -> receipt.fate() == (mayRepeat ? Receipt.Fate.DUPLICATE : Receipt.Fate.STORED));
    }

    @Test
    void storesNothingOfARequestWhoseNameWasGivenToAnother() {
        List<Receipt> first = append(batch("one", 2));
        assertThat(append(batch("one", 2))).extracting(Receipt::fate).containsOnly(Receipt.Fate.DUPLICATE);

        List<Receipt> other =
                append(Stream.concat(Stream.of(batch("another", 3)), Stream.of(Drafts.repeatable("x", "k")))
                        .toArray(Draft[]::new));
        assertThat(other)
                .extracting(Receipt::fate)
                .containsExactly(
                        Receipt.Fate.CONFLICT, Receipt.Fate.CONFLICT, Receipt.Fate.CONFLICT, Receipt.Fate.STORED);
        assertThat(other.get(0).id()).isEqualTo(first.get(0).id());
        assertThat(append(batch("one", 3)))
                .as("only a third event is new")
                .extracting(Receipt::fate)
                .containsExactly(Receipt.Fate.DUPLICATE, Receipt.Fate.DUPLICATE, Receipt.Fate.STORED);
    }

    @Test
    void takesWhatAnOlderVersionKeptWithoutADigestForARepetition() {
        Draft keyed = batch("one", 1)[0];
        Receipt first = append(keyed).get(0);
        String entry = EventIds.locate(first.id()).entryId();
        String old = "for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do redis.call('SET', key, ARGV[1]) end";
        REDIS.command("EVAL", old, "0", entry);
        assertThat(append(batch("another", 1))).containsExactly(new Receipt(first.id(), Receipt.Fate.DUPLICATE));
    }

    /** The events of a request that bears a key. */
    private static Draft[] batch(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        Drafts.plain("a").attributes(),
                        io.vertx.core.buffer.Buffer.buffer("{}"),
                        null,
                        identity(i, digest)))
                .toArray(Draft[]::new);
    }

    /** As {@link #batch}, of as many ordering keys. */
    private static Draft[] spread(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        Drafts.keyed("a", "article-" + i).attributes(),
                        io.vertx.core.buffer.Buffer.buffer("{}"),
                        null,
                        identity(i, digest)))
                .toArray(Draft[]::new);
    }

    private static Identity identity(int place, String digest) {
        return new Identity(place == 0 ? "request" : "request\n" + place, "request", digest);
    }

    @Test
    void storesNothingOfARequestThatIsSpreadOverPartitionsAndWhoseNameIsAnothers() {
        List<Receipt> first = append(spread("one", 8));
        assertThat(first)
                .extracting(receipt -> EventIds.locate(receipt.id()).partition())
                .contains("k0", "k1");
        assertThat(first).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);

        assertThat(append(spread("another", 12))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(append(batch("another", 3))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(append(spread("one", 8)))
                .isEqualTo(first.stream()
                        .map(receipt -> new Receipt(receipt.id(), Receipt.Fate.DUPLICATE))
                        .toList());
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void storesNothingOfASpreadRequestWhoseNameASmallOneHas() {
        append(batch("one", 2));
        List<Receipt> receipts = append(
                all(new Draft[] {Drafts.plain("a")}, spread("another", 6), new Draft[] {Drafts.repeatable("x", "k")}));
        assertThat(receipts.subList(1, 7)).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(List.of(receipts.get(0), receipts.get(7)))
                .extracting(Receipt::fate)
                .containsOnly(Receipt.Fate.STORED);
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void storesNothingOfARequestThatIsTooLargeForOneScriptAndWhoseNameIsAnothers() {
        append(batch("one", 1));
        assertThat(append(batch("another", 2500))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void storesNothingOfARequestBehindOthersThatFillAScript() {
        append(batch("one", 1));
        Draft[] before = IntStream.range(0, 1996)
                .mapToObj(i -> new Draft(
                        Drafts.plain("a").attributes(),
                        io.vertx.core.buffer.Buffer.buffer("{}"),
                        null,
                        new Identity("k" + i, "request", null)))
                .toArray(Draft[]::new);
        List<Receipt> receipts = append(all(before, batch("another", 10)));
        assertThat(receipts.subList(1996, 2006)).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isEqualTo(1997);
    }

    @Test
    void storesOneOfTwoSpreadRequestsThatComeAtOnceUnderOneName() {
        List<Receipt> sameWrite = append(all(spread("one", 8), spread("another", 9)));
        assertThat(sameWrite.subList(0, 8)).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);
        assertThat(sameWrite.subList(8, 17)).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);

        RedisJournal other = journal(config(Duration.ofSeconds(15), Duration.ofHours(1), 1 << 28));
        REDIS.command("FLUSHALL");
        List<Appended> both = LOOP.get(() -> Future.all(
                        journal.append(List.of(spread("one", 8))), other.append(List.of(spread("another", 9))))
                .map(CompositeFuture::list));
        assertThat(((Appended.Durable) both.get(0)).receipts())
                .extracting(Receipt::fate)
                .containsOnly(Receipt.Fate.STORED);
        assertThat(((Appended.Durable) both.get(1)).receipts())
                .extracting(Receipt::fate)
                .containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void storesAllOfARepetitionAfterACrashBetweenTheClaimAndTheAppend() {
        NameClaim claim =
                new Layout(new Partitions(2, 2), 0, List.of(mixed())).claims().get(0);
        LOOP.get(() -> link.batch(List.of(claim.request(60_000))));
        assertThat(append(spread("another", 8))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(append(batch("another", 2))).extracting(Receipt::fate).containsOnly(Receipt.Fate.CONFLICT);
        assertThat(events()).isZero();

        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);
        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.DUPLICATE);
        assertThat(events()).isEqualTo(8);
    }

    /** One whose first event has no ordering key, so that it lies where the name of the request is claimed. */
    private static Draft[] mixed() {
        Draft[] drafts = spread("one", 8);
        drafts[0] = batch("one", 1)[0];
        return drafts;
    }

    @Test
    void storesASpreadRequestWholeWhereAnEventOfAnotherHasTheNameOfOneOfIts() {
        append(spread("another", 1));
        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.STORED);
        assertThat(append(mixed())).extracting(Receipt::fate).containsOnly(Receipt.Fate.DUPLICATE);
    }

    @Test
    void claimsNoNameForWhatFitsIntoOneScript() {
        List<Draft> drafts = List.of(all(
                new Draft[] {Drafts.plain("a"), Drafts.keyed("a", "k"), Drafts.keyed("a", "k", "i")},
                batch("one", 1000),
                spread("two", 1)));
        assertThat(new Layout(new Partitions(2, 2), 0, drafts).claims()).isEmpty();
    }
}
