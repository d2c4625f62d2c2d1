package dev.sluice.bench.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * POSTs of events. Everything but the numbers is the same in all of them, so a request is a copy of bytes and a few
 * digits: a producer that made JSON would cost more CPU than the gateway, on the same processors.
 */
final class EventRequests implements Requests {
    private static final String HTTP_CHUNK_END = "\r\n";

    private final int run;
    private final EventSpec spec;
    private final int elsewhereEvery;
    private final Template event;
    private final String separator;
    private final byte[] before;
    private final byte[] after;
    private final Template head;
    private final Buffer opening;
    private final @Nullable Signed signed;

    /** @param elsewhereEvery the events for every so many-th target arrive where nobody counts them; 0: none */
    EventRequests(int run, String authority, String path, EventSpec spec, int elsewhereEvery) {
        this.run = run;
        this.spec = spec;
        this.elsewhereEvery = elsewhereEvery;
        String door = spec.format().isOfSource() ? "/v1/sources/%s/events".formatted(spec.type()) : path;
        String start = "POST %s HTTP/1.1\r\nhost: %s\r\n".formatted(door, authority);
        String text = spec.format().isBare() ? data(spec.bytes()) : json(spec);
        event = Template.of(text);
        signed = spec.format() == EventSpec.Format.SIGNED ? new Signed(start) : null;
        separator = spec.format() == EventSpec.Format.BATCH ? "," : "";
        int bytes = spec.perRequest() * (text.length() + separator.length());
        switch (spec.format()) {
            case JSON, BINARY, SOURCE, SIGNED -> {
                head = Template.of(start + attributes(spec) + type("application/json") + length(bytes));
                before = new byte[0];
                after = new byte[0];
                opening = Buffer.buffer();
            }
            case BATCH -> {
                // One separator too many is as long as one bracket.
                head = Template.of(start + type("application/cloudevents-batch+json") + length(bytes + 1));
                before = "[".getBytes(US_ASCII);
                after = "]".getBytes(US_ASCII);
                opening = Buffer.buffer();
            }
            case NDJSON -> {
                head = Template.of(Integer.toHexString(bytes) + HTTP_CHUNK_END);
                before = new byte[0];
                after = HTTP_CHUNK_END.getBytes(US_ASCII);
                opening =
                        Buffer.buffer(start + "transfer-encoding: chunked\r\n" + type("application/x-ndjson") + "\r\n");
            }
            default -> throw new IllegalArgumentException("format: " + spec.format());
        }
    }

    @Override
    public int perRequest() {
        return spec.perRequest();
    }

    @Override
    public Buffer opening() {
        return opening;
    }

    @Override
    public Buffer closing() {
        return Buffer.buffer(streams() ? "0\r\n\r\n" : "");
    }

    @Override
    public boolean streams() {
        return spec.format() == EventSpec.Format.NDJSON;
    }

    @Override
    public Buffer next(long sequence, int connection, long dueMicros) {
        int events = spec.perRequest();
        int step = event.length() + separator.length();
        int body = head.length() + before.length;
        byte[] bytes = new byte[body + events * step - (separator.isEmpty() ? 0 : 1) + after.length];
        head.write(bytes, 0, numbers(sequence, connection, dueMicros));
        System.arraycopy(before, 0, bytes, head.length(), before.length);
        for (int i = 0; i < events; i++) {
            int at = body + i * step;
            if (i > 0 && !separator.isEmpty()) {
                bytes[at - 1] = (byte) separator.charAt(0);
            }
            event.write(bytes, at, numbers(sequence + i, connection, dueMicros));
        }
        System.arraycopy(after, 0, bytes, bytes.length - after.length, after.length);
        if (signed != null) {
            signed.sign(bytes, body);
        }
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public int elsewhere(long sequence) {
        if (elsewhereEvery == 0) {
            return 0;
        }
        int elsewhere = 0;
        for (int i = 0; i < spec.perRequest(); i++) {
            if (spec.target(sequence + i, 0) % elsewhereEvery == elsewhereEvery - 1) {
                elsewhere++;
            }
        }
        return elsewhere;
    }

    private Template.Numbers numbers(long sequence, int connection, long dueMicros) {
        long target = spec.target(sequence, connection);
        int type = (int) (target % spec.types());
        int tenant = (int) (target / spec.types() % spec.tenants());
        return new Template.Numbers(run, sequence, target, dueMicros, type, tenant);
    }

    private static String json(EventSpec spec) {
        String tenant = spec.tenant() == null ? "" : "\"tenant\":\"%s\",".formatted(spec.tenant());
        String key = spec.keysPerConnection() == 0 ? "" : "\"partitionkey\":\"~~~~~~\",";
        String start = "{\"type\":\"%s\",%s%s\"data\":".formatted(spec.type(), tenant, key);
        String end = spec.format() == EventSpec.Format.NDJSON ? "}\n" : "}";
        return start + data(spec.bytes() - start.length() - end.length()) + end;
    }

    /** JSON of that length. */
    private static String data(int bytes) {
        int padding = bytes - Stamp.LAYOUT.length() - 2;
        if (padding < 0) {
            throw new IllegalArgumentException(
                    "bytes: %d too few (expected: at least %d more)".formatted(bytes, -padding));
        }
        return Stamp.LAYOUT + "x".repeat(padding) + "\"}";
    }

    private static String attributes(EventSpec spec) {
        return switch (spec.format()) {
            case BINARY ->
                "ce-specversion: 1.0\r\nce-id: !!!!-^^^^^^^^^^^^\r\nce-source: /bench\r\nce-type: %s\r\n"
                        .formatted(spec.type());
            case SOURCE -> "x-sluice-token: %s\r\n".formatted(Signed.SECRET);
            case SIGNED -> Signed.HEADER;
            default -> "";
        };
    }

    private static String type(String contentType) {
        return "content-type: " + contentType + "\r\n";
    }

    private static String length(int bytes) {
        return "content-length: " + bytes + "\r\n\r\n";
    }
}
