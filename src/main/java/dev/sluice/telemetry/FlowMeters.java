package dev.sluice.telemetry;

import dev.sluice.fanout.FanoutListener;
import dev.sluice.ingest.IngestListener;
import dev.sluice.journal.JournalListener;
import java.time.Duration;

/** What ingest, journal and fan-out tell of events on their way. Any thread. */
final class FlowMeters {
    private final Meters meters;
    private final WaitingMeters waiting;

    FlowMeters(Meters meters, WaitingMeters waiting) {
        this.meters = meters;
        this.waiting = waiting;
    }

    IngestListener ingest() {
        return new IngestListener() {
            @Override
            public void accepted(int events, long bytes) {
                meters.eventsAccepted.increment(events);
                meters.eventBytes.increment((double) bytes);
            }

            @Override
            public void duplicates(int events) {
                meters.eventsDuplicate.increment(events);
            }

            @Override
            public void dropped() {
                meters.eventsDropped.increment();
            }

            @Override
            public void refused(String reasonType) {
                meters.refused(reasonType).increment();
            }
        };
    }

    JournalListener journal() {
        return new JournalListener() {
            @Override
            public void appended(int events, int duplicates) {
                meters.eventsAppended.increment(events);
            }

            @Override
            public void appendFailed(int events) {
                meters.appendsFailed.increment(events);
            }

            @Override
            public void claimed(int entries) {
                meters.eventsClaimed.increment(entries);
            }

            @Override
            public void measured(String partition, long pending, long kept) {
                waiting.measured(partition, pending, kept);
            }

            @Override
            public void waits(String partition, Duration unread, Duration unsettled) {
                waiting.waits(partition, unread, unsettled);
            }
        };
    }

    FanoutListener fanout() {
        return new FanoutListener() {
            @Override
            public void read(int events) {
                meters.eventsRead.increment(events);
            }

            @Override
            public void unmatched() {
                meters.eventsUnmatched.increment();
            }

            @Override
            public void matched(int deliveries) {
                meters.deliveriesMatched.increment(deliveries);
            }

            @Override
            public void settled() {
                meters.eventsSettled.increment();
            }
        };
    }
}
