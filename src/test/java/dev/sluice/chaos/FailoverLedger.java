package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each fault did to events and their order, as a table. For the thread of the test. */
final class FailoverLedger {
    /** Events that are accepted before a fault, and after it is over. */
    private static final int AROUND = Integer.getInteger("sluice.chaos.around", 60);

    /** What is under way at most, so that it is faults that are measured, and not how fast a backlog goes. */
    private static final int MOST_UNDER_WAY = 400;

    private static final Duration QUIET = Duration.ofSeconds(20);

    private final Scenario scenario;
    private final String webhook;
    private final boolean mayLose;
    private final List<Row> rows = new ArrayList<>();

    // of the rows before
    private volatile int lostBefore;
    private int repeatedBefore;
    private long outOfOrderBefore;
    private int refusedBefore;

    /**
     * @param refused requests that were not answered 202
     * @param silence the longest time in which no event of one of the keys was accepted
     */
    record Row(String fault, int accepted, int lost, int repeated, long outOfOrder, int refused, Duration silence) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %-44s | %8d | %4d | %8d | %12d | %7d | %7.1f |",
                    fault,
                    accepted,
                    lost,
                    repeated,
                    outOfOrder,
                    refused,
                    silence.toMillis() / 1000.0);
        }
    }

    /** @param mayLose what is accepted has no replica yet */
    FailoverLedger(Scenario scenario, String webhook, boolean mayLose) {
        this.mayLose = mayLose;
        this.scenario = scenario;
        this.webhook = webhook;
        Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
        scenario.producers.isFarAhead =
                () -> scenario.producers.accepted.size() > inbox.taken.size() + lostBefore + MOST_UNDER_WAY;
    }

    /** Under load; ends when events are accepted again and all that was accepted has come. */
    Row during(String fault, Runnable happens) {
        int first = scenario.producers.accepted.size();
        long since = System.nanoTime();
        awaitMore();
        happens.run();
        awaitMore();
        Row row = row(fault, first, since);
        rows.add(row);
        System.out.println(row.line());
        return row;
    }

    private void awaitMore() {
        int now = scenario.producers.accepted.size();
        await().atMost(Scenario.CATCHING_UP)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> scenario.producers.accepted.size() >= now + AROUND);
    }

    private Row row(String fault, int first, long since) {
        Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
        List<String> accepted = List.copyOf(scenario.producers.accepted.values());
        awaitAll(inbox, accepted);
        int repeated = inbox.repeated();
        long outOfOrder = outOfOrder(inbox);
        int refused = scenario.producers.refused.get();
        int lost = (int)
                accepted.stream().filter(id -> !inbox.taken.containsKey(id)).count();
        Row row = new Row(
                fault,
                accepted.size() - first,
                lost - lostBefore,
                repeated - repeatedBefore,
                outOfOrder - outOfOrderBefore,
                refused - refusedBefore,
                silence(since));
        lostBefore = lost;
        repeatedBefore = repeated;
        outOfOrderBefore = outOfOrder;
        refusedBefore = refused;
        return row;
    }

    /** Or, where some may be lost, until nothing has come for a while. */
    private void awaitAll(Receiver.Inbox inbox, List<String> accepted) {
        long[] progress = {accepted.size(), System.nanoTime()};
        await().atMost(Scenario.CATCHING_UP).pollInterval(Duration.ofMillis(50)).until(() -> {
            long missing =
                    accepted.stream().filter(id -> !inbox.taken.containsKey(id)).count();
            if (missing < progress[0]) {
                progress[0] = missing;
                progress[1] = System.nanoTime();
            }
            return missing == 0 || (mayLose && System.nanoTime() - progress[1] > QUIET.toNanos());
        });
    }

    /** Of the producer that waited longest, until any of them was heard last. */
    private Duration silence(long since) {
        Map<Integer, List<Long>> timesOf = new HashMap<>();
        scenario.producers.producerOf.values().forEach(each -> timesOf.putIfAbsent(each, new ArrayList<>()));
        long last = since;
        for (Map.Entry<Integer, Long> accepted : scenario.producers.acceptedAt.entrySet()) {
            if (accepted.getValue() >= since) {
                timesOf.get(scenario.producers.producerOf.get(accepted.getKey()))
                        .add(accepted.getValue());
                last = Math.max(last, accepted.getValue());
            }
        }
        long longest = 0;
        for (List<Long> times : timesOf.values()) {
            longest = Math.max(longest, longestGap(since, times, last));
        }
        return Duration.ofNanos(longest);
    }

    private static long longestGap(long since, List<Long> times, long until) {
        Collections.sort(times);
        times.add(until);
        long before = since;
        long longest = 0;
        for (long at : times) {
            longest = Math.max(longest, at - before);
            before = at;
        }
        return longest;
    }

    /** Events that came for the first time behind a later one of their key. */
    private static long outOfOrder(Receiver.Inbox inbox) {
        long late = 0;
        for (List<Integer> numbers : inbox.numbersByKey.values()) {
            int newest = Integer.MIN_VALUE;
            for (int number : numbers) {
                late += number < newest ? 1 : 0;
                newest = Math.max(newest, number);
            }
        }
        return late;
    }

    void print(String title) {
        System.out.println(title);
        System.out.printf(
                "| %-44s | %8s | %4s | %8s | %12s | %7s | %7s |%n",
                "fault", "accepted", "lost", "repeated", "out of order", "refused", "silence");
        rows.forEach(row -> System.out.println(row.line()));
    }

    /** Nobody notices that anything happened. */
    void expectNothingAtAll() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.lost()).as(row.fault()).isZero();
            assertThat(row.repeated()).as(row.fault()).isZero();
            assertThat(row.outOfOrder()).as(row.fault()).isZero();
            assertThat(row.refused()).as(row.fault()).isZero();
        });
    }

    void expectNothingLostAndAllInOrder() {
        assertThat(rows).allSatisfy(row -> {
            if (!mayLose) {
                assertThat(row.lost()).as(row.fault()).isZero();
            }
            assertThat(row.outOfOrder()).as(row.fault()).isZero();
        });
    }
}
