package dev.sluice.delivery.share;

/**
 * What one lane holds of each pot, and whether it may hold more. Confined to its lane; the pots are every lane's.
 */
public final class Holding {
    /** The part of the wire and of what Redis has, as a divisor, that is kept for lanes whose endpoint took what it got last. */
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

    /** Whether one more may wait in the lane: whatever its size, if the lane holds nothing and the window is not full. */
    public boolean admits(int pot, long now) {
        boolean isFirst = holdsNothing(pot) && !isFullWindow(pot);
        return isFirst || (numbers[pot] < part(pot, now) && bytes[pot] < limitBytes(pot, now));
    }

    public boolean holdsNothing(int pot) {
        return numbers[pot] == 0;
    }

    /** Never what Redis has: of that each lane may hold one, so that it goes on, however many lanes there are. */
    private boolean isFullWindow(int pot) {
        Pot all = pots.pot(pot);
        boolean isTaken = all.number.get() >= all.share.pool();
        return pot != pots.parked() && (isTaken || isOutOfBytes(pot));
    }

    private boolean isOutOfBytes(int pot) {
        return freeBytes(pot) <= 0;
    }

    private long freeBytes(int pot) {
        Pot all = pots.pot(pot);
        long kept = well || pot != pots.parked() ? 0 : all.share.bytes() / KEPT_FOR_WELL;
        return all.share.bytes() - kept - all.bytes.get();
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
     * Whether it holds more of some pot than it may by now: one may stay, unless the pot is full.
     *
     * @param last bytes of what would go first: without it there is still no room
     */
    public boolean isOver(long last, long now) {
        for (int pot = 0; pot < numbers.length; pot++) {
            if (numbers[pot] > 0 && (isOver(pot, last, now) || pins(pot, now))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOver(int pot, long last, long now) {
        boolean tooMany = numbers[pot] > part(pot, now);
        boolean tooMuch = bytes[pot] - last >= limitBytes(pot, now);
        return numbers[pot] > 1 && (tooMany || tooMuch);
    }

    /** Holds more than it may of what is full: even one keeps others waiting, and many lanes have one each. */
    private boolean pins(int pot, long now) {
        boolean tooMany = isFullWindow(pot) && numbers[pot] > part(pot, now);
        boolean tooMuch = isOutOfBytes(pot) && bytes[pot] > limitBytes(pot, now);
        return tooMany || tooMuch;
    }

    /** How many more of what Redis has it may hold. */
    public int room(long now) {
        return Math.max(0, limit(pots.parked(), now) - numbers[pots.parked()]);
    }

    /** How many bytes more; never more than are free for it. */
    public long roomBytes(long now) {
        int pot = pots.parked();
        return Math.max(0, Math.min(freeBytes(pot), limitBytes(pot, now) - bytes[pot]));
    }

    /** Half of what it may hold is free. */
    public boolean isHungry(int most, long now) {
        int pot = pots.parked();
        return held <= Math.min(most, limit(pot, now)) / 2 && bytes[pot] <= limitBytes(pot, now) / 2;
    }

    private int limit(int pot, long now) {
        return Math.max(Share.LEAST, part(pot, now));
    }

    private int part(int pot, long now) {
        Pot all = pots.pot(pot);
        return all.share.part(all.number.get() - numbers[pot], pace.lastSecond(now));
    }

    private long limitBytes(int pot, long now) {
        Pot all = pots.pot(pot);
        return all.share.limitBytes(all.bytes.get() - bytes[pot], pace.bytesLastSecond(now));
    }

    /**
     * Whether there is room on the wire for one attempt, and as much as the lane would have there is free for others: a lane
     * may have half.
     */
    public boolean maySend(long size) {
        long kept = well ? 0 : pots.wire().most() / KEPT_FOR_WELL;
        return onWire + 2 * size <= pots.wire().free() - kept || pots.wire().held() == 0;
    }

    /** Takes that room. False, and nothing is taken, if there is none now. */
    public boolean send(long size) {
        if (!maySend(size)) {
            pots.wire().refused();
            return false;
        }
        boolean sends = pots.wire().take(size);
        onWire += sends ? size : 0;
        return sends;
    }

    /** The attempt ended. */
    public void sent(long size) {
        onWire -= size;
        pots.wire().giveBack(size);
    }
}
