package dev.sluice.ingest;

import java.util.ArrayList;
import java.util.List;

/** Any thread. */
final class RecordingListener implements IngestListener {
    private final List<String> refused = new ArrayList<>();
    private int accepted;
    private long bytes;
    private int duplicates;
    private int dropped;

    @Override
    public synchronized void accepted(int events, long bytes) {
        accepted += events;
        this.bytes += bytes;
    }

    @Override
    public synchronized void duplicates(int events) {
        duplicates += events;
    }

    @Override
    public synchronized void dropped() {
        dropped++;
    }

    @Override
    public synchronized void refused(String reasonType) {
        refused.add(reasonType);
    }

    synchronized int accepted() {
        return accepted;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int droppedEvents() {
        return dropped;
    }

    synchronized int duplicates() {
        return duplicates;
    }

    synchronized List<String> refused() {
        return List.copyOf(refused);
    }
}
