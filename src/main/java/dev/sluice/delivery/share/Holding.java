package dev.sluice.delivery.share;

/**
 * What one lane holds of each pot, and whether it may hold more. Confined to its lane; the pots are every lane's.
 */
public final class Holding {
    /** The part of the wire, as a divisor, that is kept for lanes whose endpoint took what it got last. */
    private static final int KEPT_FOR_WELL = 4;

    private final Pots pots;
    private final Pace pace;

    // confined state
    private final int[] numbers;
    private final long[] bytes;
    private int held;
    private long onWire;
    private boolean well;

    public Holding(Pots pots, long now) {
        this.pots = pots;
        this.pace = new Pace(now);
        this.numbers = new int[pots.size()];
        this.bytes = new long[pots.size()];
    }

    /** Deliveries, of all pots. */
    public int held() {
        return held;
    }

    /** Whether the lane may hold one more: whatever its size, if it holds nothing, or less than it may. */
    public boolean admits(int pot, long now) {
        return numbers[pot] == 0 || (numbers[pot] < limit(pot, now) && bytes[pot] < limitBytes(pot, now));
    }

    public void took(int pot, long more) {
        change(pot, 1, more);
    }

    public void left(int pot, long fewer) {
        change(pot, -1, -fewer);
    }

    private void change(int pot, int number, long size) {
        held += number;
        numbers[pot] += number;
        bytes[pot] += size;
        pots.pot(pot).number.addAndGet(number);
        pots.pot(pot).bytes.addAndGet(size);
    }

    /** @param taken whether the endpoint took it */
    public void finished(int pot, long size, boolean taken, long now) {
        left(pot, size);
        pace.finished(size, now);
        well = taken;
    }

    /**
     * Whether it holds more of some pot than it may by now.
     *
     * @param last bytes of what would go first: without it there is still no room
     */
    public boolean isOver(long last, long now) {
        for (int pot = 0; pot < numbers.length; pot++) {
            boolean tooMany = numbers[pot] > limit(pot, now);
            boolean tooMuch = bytes[pot] - last >= limitBytes(pot, now);
            if (numbers[pot] > 1 && (tooMany || tooMuch)) {
                return true;
            }
        }
        return false;
    }

    /** How many more of what Redis has it may hold. */
    public int room(long now) {
        return Math.max(0, limit(pots.parked(), now) - numbers[pots.parked()]);
    }

    /** How many bytes more; never more than are free. */
    public long roomBytes(long now) {
        int pot = pots.parked();
        long free = pots.pot(pot).share.bytes() - pots.pot(pot).bytes.get();
        return Math.max(0, Math.min(free, limitBytes(pot, now) - bytes[pot]));
    }

    /** Half of what it may hold is free. */
    public boolean isHungry(int most, long now) {
        int pot = pots.parked();
        return held <= Math.min(most, limit(pot, now)) / 2 && bytes[pot] <= limitBytes(pot, now) / 2;
    }

    private int limit(int pot, long now) {
        Pot all = pots.pot(pot);
        return all.share.limit(all.number.get() - numbers[pot], pace.lastSecond(now));
    }

    private long limitBytes(int pot, long now) {
        Pot all = pots.pot(pot);
        return all.share.limitBytes(all.bytes.get() - bytes[pot], pace.bytesLastSecond(now));
    }

    /**
     * Takes room on the wire for one attempt, unless as much as the lane would have there is not free for others: a lane
     * may have half. False, and nothing is taken, if there is no room now.
     */
    public boolean send(long size) {
        long kept = well ? 0 : pots.wire().most() / KEPT_FOR_WELL;
        boolean leavesEnough =
                onWire + 2 * size <= pots.wire().free() - kept || pots.wire().held() == 0;
        boolean sends = leavesEnough && pots.wire().take(size);
        onWire += sends ? size : 0;
        return sends;
    }

    /** The attempt ended. */
    public void sent(long size) {
        onWire -= size;
        pots.wire().giveBack(size);
    }
}
