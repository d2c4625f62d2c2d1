package dev.sluice.bench.trial;

import dev.sluice.bench.lab.Load;
import dev.sluice.bench.lab.Receiver;
import dev.sluice.bench.lab.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What was accepted and what arrived, of every run through the gateway, warm-up included. */
public final class Ledger {
    private final List<Account> accounts = new ArrayList<>();
    private long repeated;
    private long unreadable;

    /** After a run. */
    void add(String name, Workload workload, Load.Outcome sent, Receiver.Arrived arrived) {
        accounts.add(new Account(name, workload, sent, arrived.unique(), arrived.disordered()));
        update(arrived);
    }

    /** What came after the last run as well. */
    public void update(Receiver.Arrived arrived) {
        repeated = arrived.repeated();
        unreadable = arrived.unreadable();
    }

    /** All that was accepted arrived as it was sent, and nothing came that was not accepted. */
    public boolean balanced() {
        return unreadable == 0 && accounts.stream().allMatch(Account::balanced);
    }

    @Override
    public String toString() {
        String sums =
                "events accepted %,d, deliveries due %,d, arrived %,d, repeated %,d, unreadable %,d; refused %,d, unanswered %,d"
                        .formatted(
                                sum(account -> account.sent.accepted()),
                                sum(Account::due),
                                sum(Account::arrived),
                                repeated,
                                unreadable,
                                sum(account -> account.sent.refused()),
                                sum(account -> account.sent.unknown()));
        return accounts.stream()
                .filter(account -> !account.balanced())
                .map(account -> "; %s: %,d due, %,d arrived, %,d out of order"
                        .formatted(account.name, account.due(), account.arrived, account.disordered))
                .reduce(sums, String::concat);
    }

    private long sum(ToLongFunction<Account> number) {
        return accounts.stream().mapToLong(number).sum();
    }

    /** An event whose answer is unknown may have been accepted; a refused one must not arrive. */
    private record Account(String name, Workload workload, Load.Outcome sent, long arrived, long disordered) {
        long due() {
            return sent.awaited() * workload.hooks();
        }

        boolean balanced() {
            return arrived >= due() && arrived <= due() + sent.unknown() * workload.hooks() && disordered == 0;
        }
    }
}
