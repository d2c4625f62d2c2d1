package dev.sluice.replay;

import dev.sluice.journal.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The way of a replay through the past: slices of time, the oldest first, and in each slice one partition after the other.
 * So events come about in the order of their times, and those of one ordering key exactly.
 *
 * <p>Positions have a text, so that another pod can go on from there.
 */
record Course(Instant since, Instant until, List<String> partitions) {
    private static final int MOST_SLICES = 100;
    /** A slice is at least so long, so that a short range is not cut into nothing. */
    private static final Duration LEAST_SLICE = Duration.ofSeconds(10);

    static final Position START = new Position(0, 0, "");

    /**
     * @param partition index
     * @param place     in the partition; empty: at the beginning of the slice
     */
    record Position(int slice, int partition, String place) {}

    /** What is to be read next: see {@link Past#read}. */
    record Leg(String partition, String place, Instant until) {}

    boolean isEnd(Position at) {
        return at.slice() >= slices();
    }

    Leg leg(Position at) {
        String place = at.place().isEmpty() ? Past.place(edge(at.slice())) : at.place();
        return new Leg(partitions.get(at.partition()), place, edge(at.slice() + 1));
    }

    Position after(Position at, Past.Page page) {
        if (page.more()) {
            return new Position(at.slice(), at.partition(), page.place());
        }
        return at.partition() + 1 < partitions.size()
                ? new Position(at.slice(), at.partition() + 1, "")
                : new Position(at.slice() + 1, 0, "");
    }

    /** 0 to 1. */
    double progress(Position at) {
        return Math.min(1, (at.slice() + (double) at.partition() / partitions.size()) / slices());
    }

    String text(Position at) {
        return at.slice() + " " + partitions.get(at.partition()) + " " + at.place();
    }

    /** @param text empty: the start. Where the partition is not known, the slice begins anew: the pods' settings differ */
    Position position(String text) {
        if (text.isEmpty()) {
            return START;
        }
        String[] parts = text.split(" ", 3);
        int slice = Integer.parseInt(parts[0]);
        int partition = partitions.indexOf(parts[1]);
        return partition < 0 ? new Position(slice, 0, "") : new Position(slice, partition, parts[2]);
    }

    private int slices() {
        return (int) Math.max(1, Math.min(MOST_SLICES, millis() / LEAST_SLICE.toMillis()));
    }

    private Instant edge(int slice) {
        return slice >= slices() ? until : since.plusMillis(Math.round((double) millis() * slice / slices()));
    }

    private long millis() {
        return Duration.between(since, until).toMillis();
    }
}
