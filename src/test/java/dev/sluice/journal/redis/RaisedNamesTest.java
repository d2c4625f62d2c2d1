package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.event.Receipt.Fate;
import dev.sluice.testing.Drafts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names that were used before there were more partitions, and by pods that have not heard of it. */
class RaisedNamesTest extends RaisedPartitionsHarness {
    @Test
    void recognisesEveryRepetitionAcrossTheRaise() {
        List<Receipt> before = late.receipts(named(0, 50));
        raise();
        List<Receipt> after = early.receipts(named(0, 100));
        assertThat(after.subList(0, 50))
                .isEqualTo(before.stream()
                        .map(first -> new Receipt(first.id(), Fate.DUPLICATE))
                        .toList());
        assertThat(after.subList(50, 100)).extracting(Receipt::fate).containsOnly(Fate.STORED);
        assertThat(after.subList(50, 100))
                .extracting(receipt -> EventIds.locate(receipt.id()).partition())
                .contains("f4", "f5", "f6", "f7");
        late.look();
        assertThat(late.receipts(named(0, 100))).extracting(Receipt::fate).containsOnly(Fate.DUPLICATE);
        assertThat(events()).isEqualTo(100);
    }

    @Test
    void aPodThatHasNotHeardOfItStoresNothingThatOthersPlacedByIt() {
        Draft name = moving(1).get(0);
        raise();
        Receipt stored = early.receipts(name).get(0);
        assertThat(late.receipts(name)).containsOnlyNulls();
        late.look();
        assertThat(late.receipts(name)).containsExactly(new Receipt(stored.id(), Fate.DUPLICATE));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void whatAPodStoresThatHasNotHeardOfItIsKnownToOthers() {
        Draft name = moving(1).get(0);
        raise();
        Receipt stored = late.receipts(name).get(0);
        assertThat(early.receipts(name)).containsExactly(new Receipt(stored.id(), Fate.DUPLICATE));
    }

    @Test
    void anEventWithoutANameIsNotHeldUpByOnesThatAreAskedFor() {
        raise();
        List<Draft> first = List.of(Drafts.keyed("a", "k"), moving(1).get(0), Drafts.plain("a"));
        List<Draft> second = List.of(Drafts.keyed("b", "k"));
        LOOP.get(() -> Future.all(early.append(first), early.append(second)));
        assertThat(keyedTypes("k")).containsExactly("a", "b");
    }

    /** As one of the next turn would overtake it. */
    @Test
    void anEventWithAKeyIsNotHeldUpByRequestsWhoseNameIsClaimed() {
        List<Draft> first = new ArrayList<>(List.of(Drafts.keyed("a", "k")));
        first.addAll(List.of(request("one", 8)));
        List<Draft> second = List.of(Drafts.keyed("b", "k"));
        LOOP.get(() -> Future.all(early.append(first), early.append(second)));
        assertThat(keyedTypes("k")).containsExactly("a", "b");
    }

    private List<String> keyedTypes(String key) {
        String stream = Partitions.stream(RAISED.keyedOf("default", key));
        String types = "local types = {} for _, one in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do"
                + " for i = 1, #one[2], 2 do if one[2][i] == 'type' and one[2][i + 1] ~= 'r' then"
                + " types[#types + 1] = one[2][i + 1] end end end return {ok = table.concat(types, ' ')}";
        return List.of(
                REDIS.command("EVAL", types, "1", stream).substring(1).strip().split(" "));
    }

    @Test
    void aRequestThatIsSpreadIsKnownAgainAndAnotherUnderItsNameRefused() {
        List<Receipt> before = late.receipts(request("one", 8));
        raise();
        assertThat(early.receipts(request("another", 8)))
                .extracting(Receipt::fate)
                .containsOnly(Fate.CONFLICT);
        assertThat(early.receipts(request("one", 8)))
                .isEqualTo(before.stream()
                        .map(first -> new Receipt(first.id(), Fate.DUPLICATE))
                        .toList());
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void aRequestOfWhichOnlyTheNameWasClaimedIsStoredWholeBehindTheRaise() {
        NameClaim claim = new Layout(new Partitions(4, 2), 0, List.of(request("one", 8)))
                .claims()
                .get(0);
        LOOP.get(() -> link.batch(List.of(claim.request(60_000))));
        raise();
        assertThat(early.receipts(request("another", 8)))
                .extracting(Receipt::fate)
                .containsOnly(Fate.CONFLICT);
        assertThat(early.receipts(request("one", 8))).extracting(Receipt::fate).containsOnly(Fate.STORED);
        assertThat(early.receipts(request("one", 8))).extracting(Receipt::fate).containsOnly(Fate.DUPLICATE);
        assertThat(events()).isEqualTo(8);
    }

    @Test
    void aPodThatHasNotHeardOfItStoresNothingOfARequestThatOthersClaimedByIt() {
        raise();
        assertThat(early.receipts(request("one", 8))).extracting(Receipt::fate).containsOnly(Fate.STORED);
        assertThat(late.receipts(request("another", 8))).containsOnlyNulls();
        assertThat(late.receipts(request("one", 8))).containsOnlyNulls();
        assertThat(events()).isEqualTo(8);
    }

    /** All in one free partition. */
    private static Draft[] batch(String digest, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Draft(
                        Attributes.of("type", "r", "source", "test"),
                        Buffer.buffer("{}"),
                        null,
                        new Identity(i == 0 ? REQUEST : REQUEST + "\n" + i, REQUEST, digest)))
                .toArray(Draft[]::new);
    }

    @Test
    void aBatchStandsOrFallsWholeWhoeverHasHeardOfIt() {
        raise();
        List<Receipt> stored = early.receipts(batch("one", 3));
        assertThat(late.receipts(batch("one", 3))).containsOnlyNulls();
        assertThat(late.receipts(batch("another", 4))).containsOnlyNulls();
        assertThat(events()).isEqualTo(3);
        late.look();
        assertThat(late.receipts(batch("another", 4))).extracting(Receipt::fate).containsOnly(Fate.CONFLICT);
        assertThat(late.receipts(batch("one", 3)))
                .extracting(Receipt::id)
                .isEqualTo(stored.stream().map(Receipt::id).toList());
        assertThat(events()).isEqualTo(3);
    }

    /** Whoever looks when, and whatever is asked for in what order. */
    @Test
    void storesEachNameOnceWhileThePodsAreAtThreeNumbers() {
        JournalPod slowest = pod(4);
        Random chance = new Random(7);
        Map<String, Set<String>> ids = new HashMap<>();
        for (int turn = 0; turn < 600; turn++) {
            if (turn == 150) {
                early.raise(6);
                late.look();
            } else if (turn == 300) {
                early.raise(16);
            } else if (turn == 450) {
                slowest.look();
            }
            JournalPod pod = List.of(early, late, slowest).get(chance.nextInt(3));
            String name = "name-" + chance.nextInt(120);
            Receipt receipt = pod.receipts(Drafts.repeatable("a", name)).get(0);
            if (receipt != null) {
                ids.computeIfAbsent(name, first -> new HashSet<>())
                        .add(receipt.id().text());
            }
        }
        assertThat(ids)
                .hasSizeGreaterThan(100)
                .allSatisfy((name, of) -> assertThat(of).as(name).hasSize(1));
        assertThat(events()).isEqualTo(ids.size());
    }
}
