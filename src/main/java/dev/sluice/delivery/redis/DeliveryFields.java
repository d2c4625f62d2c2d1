package dev.sluice.delivery.redis;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parked or dead delivery as the fields of a hash: the event's attributes under their own names, the rest under names
 * that no attribute can have.
 */
final class DeliveryFields {
    static final String EVENT = "$event";
    static final String WEBHOOK = "$webhook";
    static final String ATTEMPTS = "$attempts";
    static final String HISTORY = "$history";
    static final String REASON = "$reason";
    static final String DIED_AT = "$diedat";
    private static final String DATA = "$data";
    private static final String DIALECT = "$dialect";

    final @Nullable Event event;
    final String webhookId;
    final int attempts;
    final String history;
    final String reason;
    final long diedAt;

    private DeliveryFields(Response fields) {
        List<String> attributes = new ArrayList<>();
        @Nullable String id = null;
        @Nullable String dialect = null;
        Buffer data = Buffer.buffer();
        String webhook = "";
        int made = 0;
        String tried = "";
        String why = "";
        long died = 0;
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String name = fields.get(i).toString();
            Response value = fields.get(i + 1);
            switch (name) {
                case EVENT -> id = value.toString();
                case WEBHOOK -> webhook = value.toString();
                case ATTEMPTS -> made = value.toInteger();
                case HISTORY -> tried = value.toString();
                case REASON -> why = value.toString();
                case DIED_AT -> died = value.toLong();
                case DATA -> data = value.toBuffer();
                case DIALECT -> dialect = value.toString();
                default -> {
                    attributes.add(name);
                    attributes.add(value.toString());
                }
            }
        }
        event = id == null
                ? null
                : new Event(new EventId(id), Attributes.of(attributes.toArray(String[]::new)), data, dialect);
        webhookId = webhook;
        attempts = made;
        history = tried;
        reason = why;
        diedAt = died;
    }

    /** @param fields name, value, name, value */
    static DeliveryFields read(Response fields) {
        return new DeliveryFields(fields);
    }

    Parking.Claimed claimed(String id, long place) {
        return new Parking.Claimed(id, Objects.requireNonNull(event), attempts, history, place);
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

    /** The count of fields and the fields: all for a delivery that Redis does not have, else what changed. */
    static void write(Delivery delivery, @Nullable String reason, Request request) {
        Attributes attributes = delivery.event().attributes();
        boolean whole = !delivery.isParked();
        String dialect = delivery.event().dialect();
        int count = 4 + (reason == null ? 0 : 2);
        if (whole) {
            count += 2 * attributes.size() + 6 + (dialect == null ? 0 : 2);
        }
        request.arg(count);
        request.arg(ATTEMPTS).arg(delivery.attempts()).arg(HISTORY).arg(delivery.history());
        if (reason != null) {
            request.arg(REASON).arg(reason);
        }
        if (whole) {
            request.arg(EVENT).arg(delivery.event().id().text());
            request.arg(WEBHOOK).arg(delivery.webhookId());
            for (int i = 0; i < attributes.size(); i++) {
                request.arg(attributes.name(i)).arg(attributes.value(i));
            }
            if (dialect != null) {
                request.arg(DIALECT).arg(dialect);
            }
            request.arg(DATA).arg(delivery.event().data());
        }
    }
}
