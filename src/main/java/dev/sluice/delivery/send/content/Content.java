package dev.sluice.delivery.send.content;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * The body of a request and what its headers say about it. Frozen: one content serves all deliveries of an event, and the
 * arrays that it gives out must not be written to.
 */
public final class Content {
    private final String type;
    private final String length;
    private final Buffer body;
    private final byte[] bytes;
    private final List<String> attributes;
    private final boolean isData;

    private Content(String type, Buffer body, byte[] bytes, List<String> attributes, boolean isData) {
        this.type = type;
        this.length = Integer.toString(bytes.length);
        this.body = body;
        this.bytes = bytes;
        this.attributes = attributes;
        this.isData = isData;
    }

    static Content of(String type, byte[] bytes) {
        return new Content(type, Buffer.buffer(bytes), bytes, List.of(), false);
    }

    /**
     * The data itself.
     *
     * @param attributes name, value, name, value: headers that carry what the body does not
     */
    static Content ofData(String type, Buffer body, List<String> attributes) {
        return new Content(type, body, body.getBytes(), attributes, true);
    }

    /** Whether the body is the data of the event, byte for byte. */
    public boolean isData() {
        return isData;
    }

    public String type() {
        return type;
    }

    public String length() {
        return length;
    }

    public Buffer body() {
        return body;
    }

    /** The same bytes as {@link #body}, for those that sign them. */
    public byte[] bytes() {
        return bytes;
    }

    public void addAttributes(MultiMap headers) {
        for (int i = 0; i < attributes.size(); i += 2) {
            headers.set(attributes.get(i), attributes.get(i + 1));
        }
    }
}
