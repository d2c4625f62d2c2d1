package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Draft;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.Decoder;
import dev.sluice.ingest.decode.Format;
import dev.sluice.ingest.decode.MediaType;
import dev.sluice.ingest.decode.Rfc3339;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broken input is refused, never a surprise; what is taken is valid. */
class DecoderFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> EVENTS = List.of(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"a.b\",\"time\":\"2026-11-21T09:14:04.817Z\","
                    + "\"site\":12,\"data\":{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\\"é😀\"],\"b\":{}}}",
            "{\"type\":\"a\",\"datacontenttype\":\"text/plain\",\"data\":\"te\\nxt\"}",
            "{\"type\":\"a\",\"data_base64\":\"AP+A\",\"tenant\":\"t\"}",
            "{\"data\":null,\"type\":\"x\"}");
    private static final String PIECES = "{}[]\",:\\0123456789.eE+-ntf u\u0000\u007F\u00C3\u00A9\uD83D";

    @ParameterizedTest
    @EnumSource(value = Format.class, names = "NDJSON", mode = EnumSource.Mode.EXCLUDE)
    void refusesOrTakesButNeverStumbles(Format format) {
        SplittableRandom random = new SplittableRandom(format.name().hashCode());
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = mutated(body(format, random), random);
            taken += check(format, body, random);
        }
        assertThat(taken).isBetween(ROUNDS / 100, ROUNDS - 1);
    }

    private static byte[] body(Format format, SplittableRandom random) {
        String event = EVENTS.get(random.nextInt(EVENTS.size()));
        String other = EVENTS.get(random.nextInt(EVENTS.size()));
        String body = format == Format.BATCH ? "[" + event + "," + other + "]" : event;
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] pieces = PIECES.getBytes(StandardCharsets.UTF_8);
        byte[] result = bytes;
        for (int i = random.nextInt(4); i > 0 && result.length > 0; i--) {
            int at = random.nextInt(result.length);
            result = switch (random.nextInt(5)) {
                case 0 -> spliced(result, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(result, at, at + 1, new byte[] {pieces[random.nextInt(pieces.length)]});
                case 2 -> spliced(result, at, Math.min(result.length, at + 1 + random.nextInt(8)), new byte[0]);
                case 3 -> spliced(result, at, result.length, new byte[0]);
                default ->
                    spliced(
                            result,
                            at,
                            at,
                            java.util.Arrays.copyOfRange(result, at, Math.min(result.length, at + random.nextInt(30))));
            };
        }
        return result;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        return Buffer.buffer()
                .appendBytes(bytes, 0, from)
                .appendBytes(with)
                .appendBytes(bytes, to, bytes.length - to)
                .getBytes();
    }

    private static int check(Format format, byte[] body, SplittableRandom random) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (format == Format.BINARY) {
            headers.add("ce-type", random.nextBoolean() ? "a" : new String(body, StandardCharsets.ISO_8859_1));
            headers.add("content-type", random.nextBoolean() ? "application/json" : "text/plain");
        }
        try {
            Decoder.of(format, Decoding.MAX_EVENTS)
                    .decode(headers, Buffer.buffer(body), Decoding.ANYBODY)
                    .forEach(DecoderFuzzTest::requireValid);
            return 1;
        } catch (ProblemException refused) {
            assertThat(refused.problem().status()).isEqualTo(400);
            assertThat(refused.problem().toJson().encode()).isNotEmpty();
            return 0;
        }
    }

    private static void requireValid(Draft draft) {
        assertThat(draft.attributes().get("type")).isNotEmpty();
        assertThat(draft.attributes().get("source")).isNotEmpty();
        assertThat(Rfc3339.isDateTime(draft.attributes().get("time"))).isTrue();
        String type = draft.attributes().get("datacontenttype");
        if (draft.data().length() > 0 && MediaType.parse(type).isJson()) {
            JsonText.of(draft.data()).check();
        }
    }
}
