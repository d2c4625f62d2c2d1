package dev.sluice.delivery.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedTest {
    private static final Attributes USUAL = Attributes.of(
            "type",
            "order.paid",
            "id",
            "o1",
            "source",
            "/shop",
            "time",
            "2026-11-28T10:00:00.000Z",
            "subject",
            "ü\"\n");

    private static Event event(Attributes attributes, Buffer data, String dialect) {
        return new Event(new EventId("evt_1"), attributes, data, dialect);
    }

    private static Buffer random(int bytes) {
        byte[] data = new byte[bytes];
        new Random(5).nextBytes(data);
        return Buffer.buffer(data);
    }

    private static Attributes many() {
        Attributes.Builder many = Attributes.builder().set("type", "a").set("source", "s");
        for (int i = 0; i < 9000; i++) {
            many.set("x" + i, "v");
        }
        return many.build();
    }

    static Stream<Event> events() {
        return Stream.of(
                event(USUAL, Buffer.buffer(), null),
                event(USUAL, Buffer.buffer("{\"n\":1}\n{\"n\":2}"), "strapi"),
                event(USUAL.withBare(List.of("id", "subject")), Buffer.buffer("{}"), null),
                event(USUAL, random(1024), null),
                event(USUAL, Buffer.buffer("{\"a\":\"" + "x".repeat(4000) + "\"}"), null),
                event(many(), Buffer.buffer("{}"), null));
    }

    @ParameterizedTest
    @MethodSource("events")
    void unpacksWhatItPacked(Event event) {
        assertThat(Packed.unpack("evt_1", Packed.pack(event))).isEqualTo(event);
    }

    @Test
    void dataThatLiesByItselfIsNotPackedButCounted() {
        Event large = event(USUAL, Buffer.buffer("x".repeat(Bodies.LARGE)), null);
        Buffer packed = Packed.pack(large);
        assertThat(Packed.unpack("evt_1", packed)).isEqualTo(event(USUAL, Buffer.buffer(), null));
        assertThat(packed.toString()).startsWith(large.bytes() + "d");
    }

    @Test
    void whatIsNotSmallerWhenDeflatedStaysPlain() {
        Buffer data = random(1024);
        assertThat(Packed.pack(event(USUAL, data, null)).length()).isLessThan(1024 + 180);
    }

    @Test
    void whatCannotBePackedSoIsRefused() {
        Buffer whole = Packed.pack(event(USUAL, Buffer.buffer("{\"a\":\"" + "x".repeat(4000) + "\"}"), null));
        Stream.of(
                        Buffer.buffer("12"),
                        Buffer.buffer("12z[]\n"),
                        Buffer.buffer("12p[]"),
                        Buffer.buffer("12d!!!!"),
                        whole.getBuffer(0, whole.length() - 5))
                .forEach(garbled -> assertThatThrownBy(() -> Packed.unpack("evt_1", garbled))
                        .isInstanceOf(RuntimeException.class));
    }

    /** The dictionary is part of the form. */
    @Test
    void readsForEverWhatWasDeflatedOnce() {
        Event event = event(USUAL, Buffer.buffer("{\"order\":\"8812\"}"), "strapi");
        String deflated = "38336443b832bf2825b548af2011ec3c30916f083400e1cae28cfc02a000a62b0c"
                + "d15c81486987f7c428c5c0ed04c659516241a612c85eb06dc0e0b4b0303452aa0500";
        Buffer stored = Buffer.buffer(HexFormat.of().parseHex(deflated));
        assertThat(Packed.unpack("evt_1", stored)).isEqualTo(event);
    }
}
