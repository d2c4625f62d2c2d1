package dev.sluice.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.LoggedLines;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScarcityTest {
    private final Quota wire = new Quota(100);
    private final Quota ingest = new Quota(100);
    private final Scarcity scarcity = new Scarcity(List.of(Purpose.of("ingest", ingest), Purpose.of("wire", wire)));
    private final LoggedLines lines = new LoggedLines(Scarcity.class);

    @AfterEach
    void close() {
        lines.close();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            scarcity.look();
        }
    }

    private List<Boolean> isShort() {
        return scarcity.all().stream().map(Scarcity.Watched::isShort).toList();
    }

    @Test
    void saysNothingOfWhatIsFullWhileNobodyWantsMore() {
        wire.take(100);
        look(20);
        assertThat(isShort()).containsExactly(false, false);
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void saysOnceThatSomebodyFoundNoRoomHoweverManyDidAndOfWhichPurpose() {
        wire.take(100);
        for (int i = 0; i < 20; i++) {
            assertThat(wire.take(1)).isFalse();
            look(1);
        }
        assertThat(isShort()).containsExactly(false, true);
        assertThat(lines.all())
                .containsExactly(
                        "WARN memory is short: what needs it waits or is refused purpose=wire held=100 most=100");
    }

    @Test
    void saysThatThereIsEnoughWhenNobodyWasRefusedForTenSeconds() {
        wire.take(100);
        wire.refused();
        look(1);
        wire.giveBack(60);
        look(9);
        assertThat(isShort()).containsExactly(false, true);
        look(1);
        assertThat(isShort()).containsExactly(false, false);
        assertThat(lines.all())
                .hasSize(2)
                .last()
                .isEqualTo("INFO there is enough memory again purpose=wire held=40 most=100");
    }

    @Test
    void isShortAgainWhenSomebodyIsRefusedLater() {
        ingest.refused();
        look(11);
        ingest.refused();
        look(1);
        assertThat(isShort()).containsExactly(true, false);
        assertThat(lines.all()).hasSize(3);
    }
}
