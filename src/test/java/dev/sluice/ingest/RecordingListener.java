package dev.sluice.ingest;

import java.util.ArrayList;
import java.util.List;

/** Any thread. */
public final class RecordingListener implements IngestListener {
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

    public synchronized int accepted() {
        return accepted;
    }

    public synchronized long bytes() {
        return bytes;
    }

    public synchronized int droppedEvents() {
        return dropped;
    }

    public synchronized int duplicates() {
        return duplicates;
    }

    public synchronized List<String> refused() {
        return List.copyOf(refused);
    }
}
