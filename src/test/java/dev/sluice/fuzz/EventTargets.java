package dev.sluice.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.send.content.Content;
import dev.sluice.delivery.send.content.Contents;
import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.Decoding;
import dev.sluice.ingest.body.LineSplitter;
import dev.sluice.ingest.body.Unpacking;
import dev.sluice.ingest.decode.Decoder;
import dev.sluice.ingest.decode.Format;
import dev.sluice.ingest.decode.MediaType;
import dev.sluice.ingest.decode.Rfc3339;
import dev.sluice.subscription.Forms;
import dev.sluice.subscription.Webhook;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Events as producers send them. What is taken is valid, and is itself when it is sent and taken again. */
final class EventTargets {
    private static final String WHOLE =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"a.b\",\"time\":\"2026-11-21T09:14:04.817Z\","
                    + "\"site\":12,\"flag\":true,\"data\":{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\\"é😀\"],\"b\":{}}}";
    private static final String[] EVENTS = {
        WHOLE,
        "{\"type\":\"a\",\"datacontenttype\":\"text/plain\",\"data\":\"te\\nxt\"}",
        "{\"type\":\"a\",\"data_base64\":\"AP+A\",\"tenant\":\"t\",\"subject\":\"é 😀\"}",
        "{\"data\":null,\"type\":\"x\",\"partitionkey\":\"k\",\"traceparent\":\"00-1-2-01\"}"
    };
    private static final String LINES = String.join("\n", EVENTS) + "\r\n\n \t\n" + EVENTS[1];
    private static final int MAX_LINE = 300;
    private static final int MOST_UNPACKED = 8 << 20;

    private EventTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of("event-json", text -> decode(Format.JSON, text), EVENTS),
                Target.of("event-structured", text -> decode(Format.STRUCTURED, text), WHOLE),
                Target.of(
                        "event-batch",
                        text -> decode(Format.BATCH, text),
                        "[" + WHOLE + "," + EVENTS[1] + "]",
                        "[" + EVENTS[2] + "," + EVENTS[3] + "]",
                        "[]"),
                new Target(
                        "event-binary",
                        () -> Target.bytes(
                                "x\nce-type: a.b\nce-source: /s\nce-id: 1\nce-specversion: 1.0\ncontent-type: application/json\n\n{\"a\":1}",
                                "x\nce-type: %C3%A9%20%22b%22\nce-time: 2026-11-21T09:14:04Z\ncontent-type: text/plain; charset=utf-8\n\ntext",
                                "x\nce-type: \"q\\\"u\"\nce-subject: é\ncontent-type: application/vnd.x+json\n\n[1]"),
                        EventTargets::binary),
                new Target(
                        "ndjson-framing",
                        () -> Target.bytes(LINES, LINES + "\n" + "x".repeat(400)),
                        EventTargets::framing),
                new Target("gzip", () -> List.of(gzip("{\"type\":\"a\"}"), gzip(LINES)), EventTargets::unpacked),
                Target.of(
                        "media-type",
                        EventTargets::mediaType,
                        "application/json; charset=utf-8",
                        "text/plain;a=\"b;c\";charset=\"UTF-8\"",
                        "application/cloudevents+json"),
                Target.of("time", EventTargets::time, "2026-11-21T09:14:04.817Z", "2026-02-28T23:59:60+23:59"));
    }

    private static void decode(Format format, String text) {
        decode(format, Decoding.NO_HEADERS, Buffer.buffer(text));
    }

    private static void binary(byte[] input) {
        Letter letter = Letter.of(input);
        decode(Format.BINARY, letter.headers(), letter.body());
    }

    private static void decode(Format format, MultiMap headers, Buffer body) {
        try {
            Decoder.of(format, Decoding.MAX_EVENTS)
                    .decode(headers, body, Decoding.ANYBODY)
                    .forEach(EventTargets::check);
        } catch (ProblemException refused) {
            assertThat(refused.problem().status()).isIn(400, 413, 415);
            throw refused;
        }
    }

    private static void check(Draft draft) {
        assertThat(draft.attributes().get("type")).isNotEmpty();
        assertThat(draft.attributes().get("source")).isNotEmpty();
        assertThat(Rfc3339.isDateTime(draft.attributes().get("time"))).isTrue();
        String type = draft.attributes().get(Attributes.DATA_CONTENT_TYPE);
        if (draft.data().length() > 0 && MediaType.parse(type).isJson()) {
            JsonText.of(draft.data()).check();
        }
        Event event = new Event(new EventId("evt_1"), draft.attributes(), draft.data(), null);
        sameAgain(event, "cloudevents", Format.STRUCTURED);
        sameAgain(event, "cloudevents-binary", Format.BINARY);
    }

    /** Sent as a CloudEvent, and taken by another Sluice. */
    private static void sameAgain(Event event, String mode, Format format) {
        Webhook webhook = new Forms("body")
                .all()
                .create("acme", new JsonObject().put("url", "https://a.example").put("body", mode));
        Content content = new Contents().of(event, webhook);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", content.type());
        content.addAttributes(headers);
        Draft again = Decoder.of(format, 1)
                .decode(headers, content.body(), Decoding.ANYBODY)
                .get(0);
        assertThat(text(again.data())).isEqualTo(text(event.data()));
        for (int i = 0; i < event.attributes().size(); i++) {
            String name = event.attributes().name(i);
            assertThat(again.attributes().get(name))
                    .as(name)
                    .isEqualTo(event.attributes().value(i));
        }
    }

    /** Byte for byte, but for white space around JSON, which a JSON envelope does not keep. */
    private static String text(Buffer data) {
        return data.toString(ISO_8859_1).strip();
    }

    /** However it is cut, the lines are the same, and the same line is the first that is too long. */
    private static void framing(byte[] input) {
        List<String> whole = lines(input, List.of());
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(input));
        for (int i = 0; i < 3; i++) {
            List<Integer> cuts = IntStream.generate(() -> random.nextInt(input.length + 1))
                    .limit(1 + random.nextInt(6))
                    .sorted()
                    .boxed()
                    .toList();
            assertThat(lines(input, cuts)).as("cut at %s", cuts).isEqualTo(whole);
        }
    }

    private static List<String> lines(byte[] input, List<Integer> cuts) {
        LineSplitter splitter = new LineSplitter(MAX_LINE);
        List<String> lines = new ArrayList<>();
        LineSplitter.Sink sink = (number, text) -> lines.add(number + " " + text);
        List<Integer> ends = new ArrayList<>(cuts);
        ends.add(input.length);
        int from = 0;
        for (int to : ends) {
            if (!splitter.feed(Buffer.buffer(Arrays.copyOfRange(input, from, to)), sink)) {
                lines.add("too long: " + splitter.nextLine());
                return lines;
            }
            assertThat(splitter.restBytes()).isLessThanOrEqualTo(MAX_LINE);
            from = to;
        }
        splitter.finish(sink);
        return lines;
    }

    /** However it is cut, it unpacks to the same, a piece at a time, or is refused. */
    private static void unpacked(byte[] input) {
        Buffer whole = unpacked(input, input.length);
        assertThat(unpacked(input, 1)).isEqualTo(whole);
        assertThat(unpacked(input, 7)).isEqualTo(whole);
        if (whole == null) {
            unpack(input, input.length, Buffer.buffer());
        }
    }

    private static Buffer unpacked(byte[] input, int step) {
        try {
            return unpack(input, step, Buffer.buffer());
        } catch (ProblemException refused) {
            return null;
        }
    }

    private static Buffer unpack(byte[] input, int step, Buffer text) {
        try (Unpacking unpacking = new Unpacking()) {
            for (int from = 0; from < input.length; from += step) {
                unpacking.feed(Buffer.buffer(Arrays.copyOfRange(input, from, Math.min(input.length, from + step))));
                while (unpacking.hasMore() && text.length() < MOST_UNPACKED) {
                    unpacking.unpack(() -> true, text::appendBuffer);
                }
            }
            unpacking.finish();
            return text;
        }
    }

    private static void mediaType(String text) {
        MediaType type = MediaType.parse(text);
        assertThat(MediaType.parse(type.essence()).essence()).isEqualTo(type.essence());
        assertThat(type.isJson()).isEqualTo(MediaType.parse(type.essence()).isJson());
    }

    private static void time(String text) {
        if (Rfc3339.isDateTime(text)) {
            assertThat(text).hasSizeLessThan(100).matches("[0-9Tt:Zz.+ -]+");
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
