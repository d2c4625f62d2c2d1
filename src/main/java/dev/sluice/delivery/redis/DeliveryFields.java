package dev.sluice.delivery.redis;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A parked or dead delivery as the fields of a hash. The scripts add some of their own; {@code parked.lua} uses them. */
final class DeliveryFields {
    static final String EVENT = "$event";
    static final String WEBHOOK = "$webhook";
    static final String ATTEMPTS = "$attempts";
    static final String HISTORY = "$history";
    static final String REASON = "$reason";
    static final String DIED_AT = "$diedat";
    /** For how many coalesced deliveries it stands. */
    static final String STANDS = "$stands";
    /** The last of them, their ids, a space behind each. */
    static final String STOOD_FOR = "$stoodfor";
    /** When it was first parked, in Redis' milliseconds. */
    static final String SINCE = "$since";
    /** Name, value, name, value, in the order in which they came. */
    private static final String ATTRIBUTES = "$attributes";

    private static final String DATA = "$data";
    private static final String DIALECT = "$dialect";

    private final Map<String, Response> fields = new HashMap<>();

    /** @param pairs name, value, name, value */
    static DeliveryFields read(Response pairs) {
        DeliveryFields read = new DeliveryFields();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            read.fields.put(pairs.get(i).toString(), pairs.get(i + 1));
        }
        return read;
    }

    /** False: this is the rest of a hash whose time is up. */
    boolean isWhole() {
        return fields.containsKey(EVENT);
    }

    String text(String name) {
        Response value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    /** 0 if there is none. */
    long number(String name) {
        Response value = fields.get(name);
        return value == null ? 0 : value.toLong();
    }

    Event event() {
        Response data = fields.get(DATA);
        Response dialect = fields.get(DIALECT);
        return new Event(
                new EventId(text(EVENT)),
                attributes(),
                data == null ? Buffer.buffer() : data.toBuffer(),
                dialect == null ? null : dialect.toString());
    }

    private Attributes attributes() {
        return Attributes.of(
                new JsonArray(text(ATTRIBUTES)).stream().map(String::valueOf).toArray(String[]::new));
    }

    Parking.Claimed claimed(String id, long place) {
        return new Parking.Claimed(id, event(), (int) number(ATTEMPTS), text(HISTORY), place, (int) number(STANDS));
    }

    Optional<DeadLetter> letter(String id) {
        if (!isWhole()) {
            return Optional.empty();
        }
        Event event = event();
        return Optional.of(new DeadLetter(
                id,
                text(WEBHOOK),
                event.tenant(),
                event.id().text(),
                event.type(),
                (int) number(ATTEMPTS),
                text(REASON),
                Instant.ofEpochMilli(number(DIED_AT)),
                text(HISTORY)));
    }

    /** The count of names and values, and these: all, or else what an attempt changes. */
    static void write(Delivery delivery, boolean whole, Request request) {
        Event event = delivery.event();
        String dialect = event.dialect();
        int count = 4;
        if (whole) {
            count += dialect == null ? 8 : 10;
        }
        request.arg(count);
        request.arg(ATTEMPTS).arg(delivery.attempts()).arg(HISTORY).arg(delivery.history());
        if (whole) {
            request.arg(EVENT).arg(event.id().text());
            request.arg(WEBHOOK).arg(delivery.webhookId());
            request.arg(ATTRIBUTES).arg(attributes(event.attributes()));
            request.arg(DATA).arg(event.data());
            if (dialect != null) {
                request.arg(DIALECT).arg(dialect);
            }
        }
    }

    private static String attributes(Attributes attributes) {
        JsonArray pairs = new JsonArray();
        for (int i = 0; i < attributes.size(); i++) {
            pairs.add(attributes.name(i)).add(attributes.value(i));
        }
        return pairs.encode();
    }
}
