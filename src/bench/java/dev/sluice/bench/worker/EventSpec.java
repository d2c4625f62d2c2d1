package dev.sluice.bench.worker;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a run are like, and how they are sent.
 *
 * @param format how a request carries them
 * @param perRequest events of a request; of a stream, of what is written at once
 * @param bytes the size of an event as it is sent: of the body, of its part of the batch, of the line
 * @param type may hold {@code #} for the digits of a number below {@code types}
 * @param tenant may hold {@code $} for the digits of a number below {@code tenants}; null: none is said
 * @param random whether an event's type and tenant are taken at random, not in turn
 * @param keysPerConnection 0, or how many partition keys each connection sends in turn: the events of one key are sent
 *     one after the other, so that they have an order
 */
public record EventSpec(
        Format format,
        int perRequest,
        int bytes,
        String type,
        int types,
        @Nullable String tenant,
        int tenants,
        boolean random,
        int keysPerConnection) {

    /** How a request carries events. */
    public enum Format {
        /** One event, {@code application/json}. */
        JSON,
        /** {@code application/cloudevents-batch+json}. */
        BATCH,
        /** One request a connection that never ends, {@code application/x-ndjson}. */
        NDJSON,
        /** One CloudEvent with the attributes in {@code ce-} headers, id and source among them. */
        BINARY,
        /** A webhook of a source, whose sender has a token. */
        SOURCE,
        /** The same, whose sender signs the body with {@link Signed}. */
        SIGNED;

        boolean isOfSource() {
            return this == SOURCE || this == SIGNED;
        }

        /** Whether the body is the data alone, and the attributes are in headers. */
        boolean isBare() {
            return this == BINARY || isOfSource();
        }

        boolean isSingle() {
            return this != BATCH && this != NDJSON;
        }
    }

    public EventSpec {
        if (types < 1 || tenants < 1 || perRequest < 1 || (perRequest > 1 && format.isSingle())) {
            throw new IllegalArgumentException(
                    "types: %d, tenants: %d, perRequest: %d (expected: at least 1; more than 1 of %s only in a batch)"
                            .formatted(types, tenants, perRequest, format));
        }
    }

    /** One event a request, all of one type. */
    public static EventSpec single(String type, int bytes) {
        return new EventSpec(Format.JSON, 1, bytes, type, 1, null, 1, false, 0);
    }

    public EventSpec in(Format other, int events) {
        return new EventSpec(other, events, bytes, type, types, tenant, tenants, random, keysPerConnection);
    }

    /** Spread in turn over types, of which {@link #type} holds the number. */
    public EventSpec overTypes(int number) {
        return new EventSpec(format, perRequest, bytes, type, number, tenant, tenants, random, keysPerConnection);
    }

    /** Spread at random over all types of all tenants, of which the template holds the number. */
    public EventSpec atRandomOver(String template, int number) {
        return new EventSpec(format, perRequest, bytes, type, types, template, number, true, keysPerConnection);
    }

    public EventSpec withKeys(int perConnection) {
        return new EventSpec(format, perRequest, bytes, type, types, tenant, tenants, random, perConnection);
    }

    /** How many different targets there are: the webhooks, if each type of each tenant has one. */
    public int targets() {
        return types * tenants;
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("format", format.name())
                .put("perRequest", perRequest)
                .put("bytes", bytes)
                .put("type", type)
                .put("types", types)
                .put("tenant", tenant)
                .put("tenants", tenants)
                .put("random", random)
                .put("keysPerConnection", keysPerConnection);
    }

    static EventSpec from(JsonObject json) {
        return new EventSpec(
                Format.valueOf(json.getString("format")),
                json.getInteger("perRequest"),
                json.getInteger("bytes"),
                json.getString("type"),
                json.getInteger("types"),
                json.getString("tenant"),
                json.getInteger("tenants"),
                json.getBoolean("random"),
                json.getInteger("keysPerConnection"));
    }

    /** What the event is for: a key, if it has one, else one of its targets. */
    long target(long sequence, int connection) {
        if (keysPerConnection > 0) {
            return (long) connection * keysPerConnection + sequence % keysPerConnection;
        }
        return Math.floorMod(random ? mixed(sequence) : sequence, targets());
    }

    /** The finalizer of SplitMix64: the same numbers in every run, without a pattern. */
    private static long mixed(long sequence) {
        long z = (sequence + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
