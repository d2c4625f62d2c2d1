package dev.sluice.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.ProblemException;
import dev.sluice.ingest.Packed;
import dev.sluice.memory.Quota;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GunzipTest {
    private static final int MAX = 1_000_000;

    private final Quota room = new Quota(10 * MAX);
    private final Admission.Hold hold = new Admission(1, room).hold();

    @Test
    void unpacksSeveralMembersAsOne() {
        byte[] packed = Packed.joined(Packed.gzip("a".repeat(200_000)), Packed.gzip(""), Packed.gzip("b"));
        assertThat(unpack(packed)).hasToString("a".repeat(200_000) + "b");
    }

    @Test
    void unpacksByteByByte() {
        Gunzip gunzip = new Gunzip();
        StringBuilder text = new StringBuilder();
        for (byte octet : Packed.gzip("lines\nof text\n")) {
            gunzip.feed(Buffer.buffer(new byte[] {octet}));
            for (Buffer piece = gunzip.next(); piece != null; piece = gunzip.next()) {
                text.append(piece);
            }
        }
        gunzip.finish();
        assertThat(text).hasToString("lines\nof text\n");
    }

    @Test
    void skipsWhatAHeadMayHold() {
        byte[] plain = Packed.gzip("x");
        byte[] head = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 2, 0, 'e', 'e', 'n', 0, 'c', 0, 1, 1};
        assertThat(unpack(Packed.joined(head, Arrays.copyOfRange(plain, 10, plain.length))))
                .hasToString("x");
    }

    @Test
    void takesNothingForNothing() {
        assertThat(unpack(new byte[0]).length()).isZero();
    }

    @Test
    void refusesABombAsSoonAsItIsTooLarge() {
        assertThat(refusal(Packed.gzip("0".repeat(50 * MAX)))).isEqualTo("body-too-large");
        hold.release();
        assertThat(room.free()).isEqualTo(10 * MAX);
    }

    @Test
    void refusesWhatIsNoGzipOrNotWhole() {
        byte[] packed = Packed.gzip("text");
        assertThat(refusal("{\"type\":\"a\"}".getBytes(StandardCharsets.UTF_8))).isEqualTo("malformed-encoding");
        assertThat(refusal(Arrays.copyOf(packed, packed.length - 1))).isEqualTo("malformed-encoding");
        assertThat(refusal(Arrays.copyOf(packed, 5))).isEqualTo("malformed-encoding");
        packed[packed.length - 8]++;
        assertThat(refusal(packed)).isEqualTo("malformed-encoding");
    }

    @Test
    void refusesAHeadWithoutEnd() {
        byte[] head = new byte[100_000];
        Arrays.fill(head, (byte) 'x');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0}, 0, head, 0, 10);
        assertThat(refusal(head)).isEqualTo("malformed-encoding");
    }

    private Buffer unpack(byte[] packed) {
        return Gunzip.whole(Buffer.buffer(packed), MAX, hold);
    }

    private String refusal(byte[] packed) {
        return catchThrowableOfType(ProblemException.class, () -> unpack(packed))
                .problem()
                .type();
    }
}
