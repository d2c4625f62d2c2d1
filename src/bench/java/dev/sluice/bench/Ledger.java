package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What was accepted and what arrived, of every run through the gateway, warm-up included. */
final class Ledger {
    private final List<Account> accounts = new ArrayList<>();
    private long repeated;
    private long unreadable;

    /** After a run. */
    void add(Load.Outcome sent, Receiver.Arrived arrived) {
        accounts.add(new Account(sent, arrived.unique()));
        update(arrived);
    }

    /** What came after the last run as well. */
    void update(Receiver.Arrived arrived) {
        repeated = arrived.repeated();
        unreadable = arrived.unreadable();
    }

    /** Something was accepted, all of it arrived as it was sent, and nothing came that was not accepted. */
    boolean balanced() {
        return !accounts.isEmpty() && unreadable == 0 && accounts.stream().allMatch(Account::balanced);
    }

    @Override
    public String toString() {
        return "accepted %,d, delivered %,d, repeated %,d, refused %,d, unanswered %,d, unreadable %,d"
                .formatted(
                        sum(account -> account.sent.accepted()),
                        sum(Account::delivered),
                        repeated,
                        sum(account -> account.sent.refused()),
                        sum(account -> account.sent.unknown()),
                        unreadable);
    }

    private long sum(ToLongFunction<Account> number) {
        return accounts.stream().mapToLong(number).sum();
    }

    /** An event whose answer is unknown may have been accepted; a refused one must not arrive. */
    private record Account(Load.Outcome sent, long delivered) {
        boolean balanced() {
            return delivered >= sent.accepted() && delivered <= sent.accepted() + sent.unknown();
        }
    }
}
