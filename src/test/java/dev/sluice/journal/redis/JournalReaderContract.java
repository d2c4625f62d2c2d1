package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Draft;
import dev.sluice.event.EntryRef;
import dev.sluice.event.Receipt;
import dev.sluice.journal.Entry;
import dev.sluice.journal.JournalReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every reader of the journal does, on a real Redis. */
abstract class JournalReaderContract {
    abstract JournalWorld world();

    /** An event that the readers of this kind get. */
    abstract Draft draft(String type);

    abstract JournalReader open(String name);

    /** So many entries, by reading and taking over. */
    abstract List<Entry> await(JournalReader reader, int count);

    /** The pod of this reader is gone without a word, and others know it. */
    abstract void die(JournalReader reader);

    @AfterEach
    void close() {
        world().close();
    }

    private List<EntryRef> refs(List<Entry> entries) {
        return entries.stream().map(Entry::ref).toList();
    }

    @Test
    void givesBackWhatWasAppendedUnderTheIdOfTheReceipt() {
        JournalReader reader = open("one");
        Receipt receipt = world().append(draft("a.b")).get(0);
        Entry entry = await(reader, 1).get(0);
        assertThat(entry.event().id()).isEqualTo(receipt.id());
        assertThat(entry.event().type()).isEqualTo("a.b");
        assertThat(entry.event().data()).hasToString("{\"n\":1}");
        assertThat(entry.settledFor()).isEmpty();
        assertThat(EventIds.locate(receipt.id())).isEqualTo(entry.ref());
    }

    @Test
    void acknowledgedEntriesArePendingNoMore() {
        JournalReader reader = open("one");
        world().append(draft("a"), draft("b"), draft("c"));
        List<Entry> entries = await(reader, 3);
        assertThat(world().pending()).isEqualTo(3);
        world().loop().run(() -> entries.forEach(entry -> reader.acknowledge(entry.ref())));
        world().awaitPending(0);
    }

    @Test
    void anotherReaderTakesOverWhatADeadOneHeldWithWhatIsSettled() {
        JournalReader dead = open("dead");
        world().append(draft("a"), draft("b"));
        List<Entry> held = await(dead, 2);
        Entry partly = held.get(0);
        world().loop().run(() -> dead.noteSettled(partly.ref(), partly.event().id(), List.of("wh_1", "wh_2")));
        die(dead);
        List<Entry> taken = await(open("alive"), 2);
        assertThat(taken)
                .extracting(Entry::event)
                .containsExactlyInAnyOrderElementsOf(
                        held.stream().map(Entry::event).toList());
        assertThat(taken)
                .filteredOn(entry -> entry.ref().equals(partly.ref()))
                .extracting(Entry::settledFor)
                .containsExactly(Set.of("wh_1", "wh_2"));
    }

    @Test
    void aNoteGoesWithItsEventAlsoWhereAnotherReaderMadeIt() {
        JournalReader dead = open("dead");
        world().append(draft("a"), draft("b"));
        List<Entry> held = await(dead, 2);
        world().loop()
                .run(() -> held.forEach(
                        entry -> dead.noteSettled(entry.ref(), entry.event().id(), List.of("wh_1"))));
        world().loop().run(() -> dead.acknowledge(held.get(0).ref()));
        world().awaitKeys("sluice:{*}:done:*", 1);
        die(dead);
        JournalReader heir = open("heir");
        List<Entry> taken = await(heir, 1);
        world().loop().run(() -> heir.acknowledge(taken.get(0).ref()));
        world().awaitKeys("sluice:{*}:done:*", 0);
    }

    @Test
    void whatAReaderReleasesWhenItEndsIsTakenAtOnce() {
        JournalReader ending = open("ending");
        world().append(draft("a"));
        List<EntryRef> refs = refs(await(ending, 1));
        world().loop().get(() -> ending.release(refs).eventually(ending::close));
        assertThat(refs(await(open("other"), 1))).isEqualTo(refs);
    }

    @Test
    void acknowledgesWhenRedisIsBackWhatItCouldNotBefore() {
        JournalReader reader = open("one");
        world().append(draft("a"), draft("b"));
        List<Entry> read = await(reader, 2);
        world().redis().kill();
        world().awaitAway();
        world().loop().run(() -> read.forEach(entry -> reader.acknowledge(entry.ref())));
        world().redis().restart();
        world().awaitPending(0);
    }

    @Test
    void readsOnAfterRedisLostEverything() {
        JournalReader reader = open("one");
        world().append(draft("before"));
        await(reader, 1);
        world().redis().flushAll();
        world().append(draft("after"));
        assertThat(await(reader, 1)).extracting(entry -> entry.event().type()).containsExactly("after");
    }
}
