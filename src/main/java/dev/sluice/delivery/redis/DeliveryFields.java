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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parked or dead delivery as the fields of a hash. The scripts add some of their own; {@code parked.lua} uses them. */
final class DeliveryFields {
    private static final String EVENT = "$event";
    private static final String WEBHOOK = "$webhook";
    private static final String ATTEMPTS = "$attempts";
    private static final String REFUSED = "$refused";
    private static final String HISTORY = "$history";
    /** Name, value, name, value, in the order in which they came. */
    private static final String ATTRIBUTES = "$attributes";

    /** The names of the attributes that came as a boolean or an integer, with a space between; hardly ever there. */
    private static final String BARE = "$bare";

    private static final String DATA = "$data";
    private static final String DIALECT = "$dialect";

    private static final String UNSURE = "$unsure";

    /** In place of all that is said of the event; the delivery's id names the webhook and the event. */
    private static final String PACKED = "$packed";

    private final @Nullable Event event;
    private final String webhookId;
    private final int attempts;
    private final int refused;
    private final String history;
    private final String reason;
    /** 0 unless it is dead. */
    private final long diedAt;
    /** For how many coalesced deliveries it stands. */
    private final int stands;

    private final boolean isUnsure;

    private DeliveryFields(String id, Map<String, Response> fields) {
        boolean isWhole = fields.containsKey(EVENT) || fields.containsKey(PACKED);
        event = isWhole ? event(id, fields) : null;
        webhookId = fields.containsKey(WEBHOOK)
                ? text(fields, WEBHOOK)
                : Objects.requireNonNullElse(Delivery.webhookOf(id), "");
        attempts = (int) number(fields, ATTEMPTS);
        refused = Math.min(attempts, (int) number(fields, REFUSED)); // an older version sets only the other one back
        history = text(fields, HISTORY);
        reason = text(fields, "$reason");
        diedAt = number(fields, "$diedat");
        stands = (int) number(fields, "$stands");
        isUnsure = fields.containsKey(UNSURE);
    }

    /** @param pairs name, value, name, value */
    static DeliveryFields read(String id, Response pairs) {
        Map<String, Response> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1));
        }
        return new DeliveryFields(id, fields);
    }

    private static String text(Map<String, Response> fields, String name) {
        Response value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    private static long number(Map<String, Response> fields, String name) {
        Response value = fields.get(name);
        return value == null ? 0 : value.toLong();
    }

    private static Event event(String id, Map<String, Response> fields) {
        Response packed = fields.get(PACKED);
        return packed == null
                ? event(fields)
                : Packed.unpack(Objects.requireNonNull(Delivery.eventOf(id)), packed.toBuffer());
    }

    /** As an older version kept it. */
    private static Event event(Map<String, Response> fields) {
        String[] pairs = new JsonArray(text(fields, ATTRIBUTES))
                .stream().map(String::valueOf).toArray(String[]::new);
        Attributes attributes = Attributes.of(pairs);
        Response bare = fields.get(BARE);
        Response data = fields.get(DATA);
        Response dialect = fields.get(DIALECT);
        return new Event(
                new EventId(text(fields, EVENT)),
                bare == null
                        ? attributes
                        : attributes.withBare(List.of(bare.toString().split(" "))),
                data == null ? Buffer.buffer() : data.toBuffer(),
                dialect == null ? null : dialect.toString());
    }

    /** @throws NullPointerException for what has no event */
    Parking.Claimed claimed(String id, long place) {
        return claimed(id, place, Objects.requireNonNull(event));
    }

    /** @param data that lay by itself */
    Parking.Claimed claimed(String id, long place, @Nullable Buffer data) {
        Event known = Objects.requireNonNull(event);
        Buffer there = Objects.requireNonNull(data, "the data of its event is gone");
        return claimed(id, place, new Event(known.id(), known.attributes(), there, known.dialect()));
    }

    private Parking.Claimed claimed(String id, long place, Event whole) {
        return new Parking.Claimed(id, whole, attempts, refused, history, place, stands, isUnsure);
    }

    /** Empty for what has no event: the rest of a hash whose time is up. */
    Optional<DeadLetter> letter(String id) {
        return event == null
                ? Optional.empty()
                : Optional.of(new DeadLetter(
                        id,
                        webhookId,
                        event.tenant(),
                        event.id().text(),
                        event.type(),
                        attempts,
                        reason,
                        Instant.ofEpochMilli(diedAt),
                        history));
    }

    /**
     * The count of names and values, and these: what an attempt changes.
     *
     * @param packed the event, for one that Redis may not have; it has no history then that Redis would not have, if none is here
     */
    static void write(Delivery delivery, @Nullable Buffer packed, Request request) {
        boolean hasHistory = packed == null || !delivery.history().isEmpty();
        boolean isRefused = delivery.refused() > 0;
        boolean isUnsure = packed != null && delivery.isUnsure();
        request.arg(2 + (hasHistory ? 2 : 0) + (isRefused ? 2 : 0) + (packed == null ? 0 : 2) + (isUnsure ? 2 : 0));
        request.arg(ATTEMPTS).arg(delivery.attempts());
        if (hasHistory) {
            request.arg(HISTORY).arg(delivery.history());
        }
        if (isRefused) {
            request.arg(REFUSED).arg(delivery.refused());
        }
        if (packed != null) {
            request.arg(PACKED).arg(packed);
        }
        if (isUnsure) {
            request.arg(UNSURE).arg(1);
        }
    }
}
