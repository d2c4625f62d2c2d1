package dev.sluice.delivery.send.content;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The data bytes as they came; alone, or with the attributes as headers (CloudEvents HTTP binding 1.0 §3.1, binary). */
final class PayloadContent {
    private static final String SPEC_VERSION = "specversion";
    private static final String HEX = "0123456789ABCDEF";

    private PayloadContent() {}

    static Content of(Event event) {
        return Content.ofData(DataType.of(event), event.data(), packed(event));
    }

    static Content cloudEvent(Event event) {
        return Content.ofData(DataType.of(event), event.data(), headers(event));
    }

    private static List<String> packed(Event event) {
        String encoding = event.encoding();
        return encoding == null ? List.of() : List.of("content-encoding", encoding);
    }

    private static List<String> headers(Event event) {
        Attributes attributes = event.attributes();
        List<String> headers = new ArrayList<>(2 * attributes.size() + 4);
        add(headers, SPEC_VERSION, "1.0");
        add(headers, Attributes.ID, event.producerId());
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i);
            boolean elsewhere = name.equals(SPEC_VERSION)
                    || name.equals(Attributes.ID)
                    || name.equals(Attributes.DATA_CONTENT_TYPE)
                    || Attributes.isInternal(name);
            if (!elsewhere) {
                add(headers, name, attributes.value(i));
            }
        }
        headers.addAll(packed(event));
        return List.copyOf(headers);
    }

    private static void add(List<String> headers, String name, String value) {
        headers.add("ce-" + name);
        headers.add(percentEncoded(value));
    }

    /** Space, double quote, percent and all that is not printable ASCII (§3.1.3.2). */
    static String percentEncoded(String value) {
        if (value.chars().allMatch(PayloadContent::isPlain)) {
            return value;
        }
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt(octet >> 4 & 0xF)).append(HEX.charAt(octet & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '%';
    }
}
