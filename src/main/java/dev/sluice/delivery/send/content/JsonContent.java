package dev.sluice.delivery.send.content;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.JsonType;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JSON object around the data. The members before it are written as text; JSON data is put in as it is, without being
 * read; text becomes a string, and other data base64, in {@code data_base64} as CloudEvents has it.
 */
public final class JsonContent {
    private static final String STANDARD_TYPE = "application/json";
    private static final String CLOUD_EVENT_TYPE = "application/cloudevents+json";
    private static final String SPEC_VERSION = "specversion";

    private JsonContent() {}

    /** {@code {"type","timestamp","data"}} (Standard Webhooks 1.0.0, "Payload structure"). */
    static Content standard(Event event) {
        StringBuilder members = new StringBuilder(128);
        member(members, "type", event.type());
        String time = event.attributes().get(Attributes.TIME);
        if (time != null) {
            member(members, "timestamp", time);
        }
        if (event.data().length() == 0) {
            return Content.of(STANDARD_TYPE, utf8(members.append(",\"data\":null}")));
        }
        return Content.of(STANDARD_TYPE, withData(members, event));
    }

    /** CloudEvents JSON format 1.0. */
    public static Content cloudEvent(Event event) {
        StringBuilder members = new StringBuilder(256);
        member(members, SPEC_VERSION, "1.0");
        member(members, Attributes.ID, event.producerId());
        Attributes attributes = event.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i);
            boolean isOwn = name.equals(SPEC_VERSION) || name.equals(Attributes.ID) || Attributes.isInternal(name);
            if (!isOwn) {
                member(members, name, attributes.value(i), attributes.isBare(i));
            }
        }
        byte[] json = event.data().length() == 0 ? utf8(members.append('}')) : withData(members, event);
        return Content.of(CLOUD_EVENT_TYPE, json);
    }

    /** @param json a JSON value */
    public static Content of(byte[] json) {
        return Content.of(STANDARD_TYPE, json);
    }

    private static void member(StringBuilder json, String name, String value) {
        member(json, name, value, false);
    }

    private static void member(StringBuilder json, String name, String value, boolean isBare) {
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        json.append(json.length() == 0 ? "{\"" : ",\"");
        encoder.quoteAsString(name, json);
        if (isBare) {
            json.append("\":").append(value);
            return;
        }
        json.append("\":\"");
        encoder.quoteAsString(value, json);
        json.append('"');
    }

    private static byte[] withData(StringBuilder members, Event event) {
        Buffer data = event.data();
        String type = DataType.of(event);
        boolean isPacked = event.encoding() != null;
        if (isPacked || !JsonType.is(type)) {
            String text = isPacked ? null : DataType.text(type, data);
            if (text != null) {
                member(members, "data", text);
                return utf8(members.append('}'));
            }
            String base64 = Base64.getEncoder().encodeToString(data.getBytes());
            return utf8(members.append(",\"data_base64\":\"").append(base64).append("\"}"));
        }
        byte[] before = utf8(members.append(",\"data\":"));
        byte[] json = new byte[before.length + data.length() + 1];
        System.arraycopy(before, 0, json, 0, before.length);
        data.getBytes(json, before.length);
        json[json.length - 1] = '}';
        return json;
    }

    private static byte[] utf8(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
