package dev.sluice.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventIdTest {
    @Test
    void tellsWhenItsEventWasAccepted() {
        assertThat(Instant.ofEpochMilli(new EventId("evt_01m7yxqw4400000001b2p9r").acceptedMillis()))
                .isEqualTo("2026-11-21T11:26:52.036Z");
    }

    @Test
    void oneThatTheJournalDidNotMakeTellsNoTime() {
        assertThat(new EventId("evt_test0011").acceptedMillis()).isEqualTo(-1);
        assertThat(new EventId("evt_01m7yxqw4!00000001b2p9r").acceptedMillis()).isEqualTo(-1);
    }
}
