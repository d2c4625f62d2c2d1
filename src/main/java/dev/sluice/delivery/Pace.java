package dev.sluice.delivery;

/** How many deliveries finished in the last second, to a quarter of a second. */
final class Pace {
    private static final long BUCKET = 250_000_000L;
    private static final int BUCKETS = 4;

    private final int[] counts = new int[BUCKETS + 1];
    private long bucket = Long.MIN_VALUE;

    void finished(long now) {
        turn(now);
        counts[(int) Math.floorMod(bucket, (long) counts.length)]++;
    }

    int lastSecond(long now) {
        turn(now);
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private void turn(long now) {
        long current = Math.floorDiv(now, BUCKET);
        long from = Math.max(bucket + 1, current - counts.length + 1);
        for (long passed = from; passed <= current; passed++) {
            counts[(int) Math.floorMod(passed, (long) counts.length)] = 0;
        }
        bucket = Math.max(bucket, current);
    }
}
