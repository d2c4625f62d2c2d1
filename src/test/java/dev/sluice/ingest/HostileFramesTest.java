package dev.sluice.ingest;

import static dev.sluice.testing.FrameClient.CONTINUATION;
import static dev.sluice.testing.FrameClient.DATA;
import static dev.sluice.testing.FrameClient.END_HEADERS;
import static dev.sluice.testing.FrameClient.END_STREAM;
import static dev.sluice.testing.FrameClient.GOAWAY;
import static dev.sluice.testing.FrameClient.HEADERS;
import static dev.sluice.testing.FrameClient.NEWEST;
import static dev.sluice.testing.FrameClient.PING;
import static dev.sluice.testing.FrameClient.PRIORITY;
import static dev.sluice.testing.FrameClient.RST_STREAM;
import static dev.sluice.testing.FrameClient.SETTINGS;
import static dev.sluice.testing.FrameClient.WINDOW_UPDATE;
import static dev.sluice.testing.FrameClient.all;
import static dev.sluice.testing.FrameClient.field;
import static dev.sluice.testing.FrameClient.frame;
import static dev.sluice.testing.FrameClient.number;
import static dev.sluice.testing.FrameClient.post;
import static dev.sluice.testing.FrameClient.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.memory.Quota;
import dev.sluice.testing.FrameClient;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of HTTP/2 that breaks the rules costs the others nothing, whatever it writes: they are served beside it. */
@Timeout(120)
class HostileFramesTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final String EVENTS = "/v1/events";

    private final IngestServer server = new IngestServer();
    private final LoggedErrors errors = new LoggedErrors();
    private FrameClient client;

    @BeforeEach
    void connect() {
        client = new FrameClient(server.verticle.port()).greet();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        errors.close();
    }

    /** While the hostile connection is there, and after. */
    private void othersAreServed() {
        assertThat(server.post("application/json", "{\"type\":\"a\"}").status()).isEqualTo(202);
        client.close();
        assertThat(server.post("application/json", "{\"type\":\"a\"}").status()).isEqualTo(202);
        assertThat(errors.all()).isEmpty();
    }

    private void head(int stream, int flags) {
        client.send(frame(HEADERS, END_HEADERS | flags, stream, post(EVENTS)));
    }

    /** How many of so many were written before the server ended the connection. */
    private int flood(int most, byte[] frames) {
        int written = 0;
        while (written < most && client.send(frames)) {
            written++;
        }
        return written;
    }

    @Test
    void takesWhatIsRight() {
        client.send(frame(HEADERS, END_HEADERS, 1, post(EVENTS)));
        client.send(frame(DATA, END_STREAM, 1, "{\"type\":\"a\"}".getBytes(StandardCharsets.US_ASCII)));
        assertThat(new String(client.await(DATA).payload(), StandardCharsets.US_ASCII))
                .contains("evt_0");
        othersAreServed();
    }

    @Test
    void endsAClientThatResetsWhatItAskedForOverAndOver() {
        int stream = 1;
        boolean goesOn = true;
        while (goesOn && stream < 200_000) {
            goesOn = client.send(
                    all(frame(HEADERS, END_HEADERS, stream, post(EVENTS)), frame(RST_STREAM, 0, stream, number(8))));
            stream += 2;
        }
        assertThat(client.await(GOAWAY).error()).isEqualTo(ENHANCE_YOUR_CALM);
        client.awaitEnd();
        othersAreServed();
    }

    @Test
    void takesNoMoreOfAHeadThatNeverEndsThanOfOneThatDoes() {
        client.send(frame(HEADERS, 0, 1, post(EVENTS)));
        byte[] more = frame(CONTINUATION, 0, 1, field("x-more", "a".repeat(1000)));
        assertThat(flood(100_000, more)).isLessThan(100_000);
        client.awaitEnd();
        othersAreServed();
    }

    @Test
    void endsAHeadOfEmptyPieces() {
        client.send(frame(HEADERS, 0, 1, post(EVENTS)));
        flood(100_000, frame(CONTINUATION, 0, 1));
        client.awaitEnd();
        othersAreServed();
    }

    /** A field of 4 KB is written once, and named 4000 times: 16 MB for 8 KB. */
    @Test
    void refusesAHeadThatIsLargeOnlyWhenItIsUnpacked() {
        byte[] again = new byte[4000];
        Arrays.fill(again, NEWEST);
        client.send(frame(
                HEADERS, END_HEADERS | END_STREAM, 1, all(post(EVENTS), remembered("x-b", "b".repeat(4000)), again)));
        assertThat(client.await(RST_STREAM).stream()).isEqualTo(1);
        othersAreServed();
    }

    @Test
    void servesOthersBesideAFloodOfSettings() {
        flood(50_000, frame(SETTINGS, 0, 0, all(new byte[] {0, 4}, number(65_535))));
        othersAreServed();
    }

    @Test
    void servesOthersBesideAFloodOfPings() {
        flood(50_000, frame(PING, 0, 0, new byte[8]));
        othersAreServed();
    }

    @Test
    void servesOthersBesideAFloodOfPriorities() {
        head(1, 0);
        flood(50_000, frame(PRIORITY, 0, 1, all(number(3), new byte[] {16})));
        othersAreServed();
    }

    @Test
    void endsAFloodOfEmptyData() {
        head(1, 0);
        flood(50_000, frame(DATA, 0, 1));
        client.awaitEnd();
        othersAreServed();
    }

    @Test
    void endsAConnectionWhoseWindowOverflows() {
        client.send(frame(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE)));
        client.send(frame(WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE)));
        assertThat(client.await(GOAWAY).error()).isEqualTo(FLOW_CONTROL_ERROR);
        othersAreServed();
    }

    @Test
    void endsAStreamWhoseWindowOverflows() {
        head(1, 0);
        client.send(frame(WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE)));
        assertThat(client.await(RST_STREAM).error()).isEqualTo(FLOW_CONTROL_ERROR);
        othersAreServed();
    }

    @Test
    void endsAClientThatSendsOnAfterItsBodyWasRefused() {
        head(1, 0);
        assertThat(flood(10_000, frame(DATA, 0, 1, new byte[16_384]))).isLessThan(10_000);
        client.awaitEnd();
        othersAreServed();
    }

    @Test
    void givesBackWhatItHeldOfRequestsThatWereReset() {
        IngestServer small = new IngestServer(
                new IngestLimits(IngestServer.MAX_BODY, 1000, new Quota(4L * IngestServer.MAX_BODY)),
                IngestServer.anybody());
        try (FrameClient resetting = new FrameClient(small.verticle.port()).greet()) {
            for (int stream = 1; stream < 2 * 150; stream += 2) {
                resetting.send(frame(HEADERS, END_HEADERS, stream, post(EVENTS)));
                resetting.send(frame(DATA, 0, stream, new byte[16_000]));
                resetting.send(frame(RST_STREAM, 0, stream, number(8)));
            }
            String large = "{\"type\":\"a\",\"data\":\"%s\"}".formatted("x".repeat(IngestServer.MAX_BODY - 100));
            assertThat(small.post("application/json", large).status()).isEqualTo(202);
        } finally {
            small.close();
        }
    }

    /** What the server has to answer to would be kept until it is read. */
    @Test
    void endsAClientThatReadsNoAnswers() {
        try (FrameClient deaf = FrameClient.deaf(server.verticle.port()).greet()) {
            byte[] pings = all(IntStream.range(0, 100)
                    .mapToObj(i -> frame(PING, 0, 0, new byte[8]))
                    .toArray(byte[][]::new));
            int written = 0;
            while (written < 100_000 && deaf.send(pings)) {
                written++;
            }
            assertThat(written).isLessThan(100_000);
            othersAreServed();
        }
    }

    @Test
    void opensNoMoreStreamsThanItSaid() {
        for (int stream = 1; stream < 2 * 1000; stream += 2) {
            head(stream, 0);
        }
        assertThat(client.await(RST_STREAM).stream()).isGreaterThan(200);
        othersAreServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAMAAABkAAQAAP__", "!!!!", "AAQ_____", "AAAAAAAA"})
    void servesOthersWhateverSettingsAnUpgradeNames(String settings) {
        try (RawHttp upgrading = server.connect()) {
            upgrading.send("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: " + settings + "\r\nContent-Length: 0\r\n\r\n");
            othersAreServed();
        }
    }

    /** Right frames, frames of which some bytes are not what they were, and bytes that are no frames. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void servesOthersWhateverComes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int connection = 0; connection < 40; connection++) {
            try (FrameClient wild = new FrameClient(server.verticle.port())) {
                if (random.nextInt(10) > 0) {
                    wild.greet();
                }
                boolean goesOn = true;
                for (int i = random.nextInt(200); goesOn && i > 0; i--) {
                    goesOn = wild.send(damaged(any(random), random));
                }
            }
        }
        othersAreServed();
    }

    private static byte[] any(SplittableRandom random) {
        int stream = random.nextInt(6) == 0 ? random.nextInt() : random.nextInt(8);
        byte[] payload = new byte[random.nextInt(5) == 0 ? random.nextInt(20_000) : random.nextInt(12)];
        random.nextBytes(payload);
        return switch (random.nextInt(8)) {
            case 0 -> frame(HEADERS, END_HEADERS | random.nextInt(2), stream | 1, post(EVENTS));
            case 1 -> frame(DATA, random.nextInt(2), stream, "{\"type\":\"a\"}".getBytes(StandardCharsets.US_ASCII));
            case 2 -> frame(WINDOW_UPDATE, 0, stream, number(random.nextInt()));
            case 3 ->
                frame(
                        SETTINGS,
                        random.nextInt(2),
                        0,
                        all(new byte[] {0, (byte) random.nextInt(8)}, number(random.nextInt())));
            case 4 -> payload;
            default -> frame(random.nextInt(12), random.nextInt(256), stream, payload);
        };
    }

    private static byte[] damaged(byte[] frame, SplittableRandom random) {
        if (frame.length > 0 && random.nextInt(4) == 0) {
            frame[random.nextInt(Math.min(frame.length, 40))] = (byte) random.nextInt();
        }
        return frame;
    }
}
