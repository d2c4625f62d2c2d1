package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.event.Receipt.Fate;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Drafts;
import dev.sluice.testing.Loop;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is asked for where names were placed before, and what is left there. */
class FormerPlacesTest extends RaisedPartitionsHarness {
    @Test
    void asksNoMoreOnceNoNameCanBeRememberedInAFormerPlace() {
        raise();
        early.receipts(moving(1).get(0));
        assertThat(marks()).isEqualTo(1);
        REDIS.command("HSET", Keys.COUNTS, "journal.partitions.4", "1");
        early.look();
        early.receipts(moving(3).get(2));
        assertThat(marks()).isEqualTo(1);
    }

    @Test
    void marksNothingWhosePlaceStaysAndNothingWithAKey() {
        raise();
        String stays = IntStream.range(0, 100)
                .mapToObj(i -> "n" + i)
                .filter(name -> RAISED.formerOf(name).isEmpty())
                .findFirst()
                .orElseThrow();
        String moves = moving(1).get(0).identity().key();
        early.receipts(Drafts.repeatable("a", stays), Drafts.keyed("a", "k", moves), Drafts.plain("a"));
        assertThat(marks()).isZero();
    }

    @Test
    void aPodThatStoodStillPlacesNoNamesBeforeItHasLooked() {
        raise();
        late.ticker.advance(PartitionCount.TRUST.plusMillis(1));
        List<Receipt> receipts =
                late.receipts(Drafts.repeatable("a", "name"), Drafts.plain("a"), Drafts.keyed("a", "k", "i"));
        assertThat(receipts.get(0)).isNull();
        assertThat(receipts.subList(1, 3)).doesNotContainNull();
        late.look();
        assertThat(late.receipts(Drafts.repeatable("a", "name"))).doesNotContainNull();
    }

    @Test
    @DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "one server is asked")
    void aPodThatStoodStillWhileItAskedStoresNothingUnderNames() {
        raise();
        List<Draft> drafts = new ArrayList<>(moving(1));
        drafts.addAll(List.of(request("one", 8)));
        LOOP.get(() -> {
            Future<Appended> appended = early.append(drafts);
            early.ticker.advance(PartitionCount.TRUST.plusMillis(1));
            return appended;
        });
        assertThat(events()).isZero();
        String names = "return {ok = tostring(#redis.call('KEYS', '*:dedup:*'))}";
        assertThat(REDIS.command("EVAL", names, "0")).isEqualTo("+" + marks());
        early.look();
        assertThat(early.receipts(drafts.toArray(Draft[]::new)))
                .extracting(Receipt::fate)
                .containsOnly(Fate.STORED);
    }

    /** It may have waited for the look-ups of others. */
    @Test
    void aPodThatStoodStillWhileItClaimedANameStoresNothingUnderIt() {
        Draft[] request = request("one", 8);
        LOOP.get(() -> {
            Future<Appended> appended = early.append(List.of(request));
            early.ticker.advance(PartitionCount.TRUST.plusMillis(1));
            return appended;
        });
        assertThat(events()).isZero();
        early.look();
        assertThat(early.receipts(request)).extracting(Receipt::fate).containsOnly(Fate.STORED);
    }

    @Test
    @DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "one server is asked")
    void aMarkStaysForLongerThanAPodMayGoByAnOldNumberAndANameForItsWindow() {
        Draft there = moving(2).get(1);
        late.receipts(there);
        raise();
        REDIS.command(
                "EVAL",
                "for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do redis.call('PEXPIRE', key, 5000) end",
                "0");
        early.receipts(moving(1).get(0), there);
        String ttls = "local least = 1e9 for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do"
                + " local gone = string.sub(redis.call('GET', key), 1, 4) == 'gone'"
                + " if gone == (ARGV[1] == 'gone') then least = math.min(least, redis.call('PTTL', key)) end end return least";
        assertThat(Long.parseLong(REDIS.command("EVAL", ttls, "0", "gone").substring(1)))
                .isGreaterThan(PartitionCount.TRUST.toMillis());
        assertThat(Long.parseLong(REDIS.command("EVAL", ttls, "0", "other").substring(1)))
                .isLessThanOrEqualTo(5000);
    }

    /** With four and with eight it has one place, with six another. */
    private static Draft backAgain() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "back-" + i)
                .filter(name -> !new Partitions(6, 2, List.of(4)).formerOf(name).isEmpty())
                .filter(name -> new Partitions(8, 2).freeOf(name) == new Partitions(4, 2).freeOf(name))
                .map(name -> Drafts.repeatable("a", name))
                .findFirst()
                .orElseThrow();
    }

    private static Future<FormerPlaces.Found> mark(Partitions partitions, Draft name) {
        JournalConfig config = JournalPod.config(4);
        RedisLink link = RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "marks");
        return link.up()
                .compose(up -> new FormerPlaces(link, new Durability(link, config))
                        .find(partitions, Layout.names(List.of(name))));
    }

    @Test
    void aMarkSaysNothingToWhoKnowsOfMorePartitionsThanWhoLeftIt() {
        Draft name = backAgain();
        early.raise(6);
        assertThat(LOOP.get(() -> mark(early.count.now(), name)).places()).isEmpty();
        assertThat(late.receipts(name)).as("at four").containsOnlyNulls();
        early.raise(8);
        Receipt stored = early.receipts(name).get(0);
        assertThat(stored).extracting(Receipt::fate).isEqualTo(Fate.STORED);
        assertThat(late.receipts(name)).containsExactly(new Receipt(stored.id(), Fate.DUPLICATE));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    @DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "one server is asked")
    void aMarkOfWhoKnowsOfMoreStaysThoughOneWhoKnowsOfFewerMarksTheNameToo() {
        Partitions five = new Partitions(5, 2, List.of(4));
        Draft name = moving(50).stream()
                .filter(each -> !five.formerOf(each.identity().key()).isEmpty())
                .findFirst()
                .orElseThrow();
        LOOP.get(() -> mark(RAISED, name));
        LOOP.get(() -> mark(five, name));
        String values = "local all = {} for _, key in ipairs(redis.call('KEYS', '*:dedup:*')) do"
                + " all[#all + 1] = redis.call('GET', key) end return {ok = table.concat(all, ',')}";
        assertThat(REDIS.command("EVAL", values, "0")).isEqualTo("+gone 8");
    }

    /** Others may have placed it anew. */
    @Test
    void storesNothingUnderANameThatRanOutWhereItWasFound() {
        Draft name = moving(1).get(0);
        String key = name.identity().key();
        int found = RAISED.formerOf(key).get(0);
        Receipts receipts = new Receipts(1);
        AppendPlan plan = new AppendPlan(new Layout(RAISED, 0, List.of(name), Map.of(key, found)), 60_000, receipts);
        List<Response> answers = LOOP.get(() -> link.batch(plan.requests()));
        plan.writes().get(0).read(answers.get(0), JournalWorld.MARK, receipts);
        assertThat(receipts.answer()).isInstanceOf(Appended.Unavailable.class);
        assertThat(events()).isZero();
    }
}
