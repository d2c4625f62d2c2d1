package dev.sluice.ingest.decode;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Hops;
import dev.sluice.event.Identity;
import dev.sluice.event.TraceContext;
import dev.sluice.http.JsonText;
import dev.sluice.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts one event together, and notes everything that is wrong with it. A fault's pointer names the member of the event in
 * its JSON form, also where the event came as headers.
 */
public final class DraftBuilder {
    private static final String SPEC_VERSION = "specversion";
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final Buffer NO_DATA = Buffer.buffer();

    private final Stamp stamp;
    private final EventFaults faults;
    /** Of the event in a batch; -1 for an event alone. */
    private final int index;

    private final Attributes.Builder attributes = Attributes.builder();
    private boolean hasSpecVersion;
    /** Given so far, wrong ones and repeated ones included. */
    private int count;

    private int characters;
    private boolean isFull;
    private @Nullable Buffer data;
    private boolean isJson;

    public DraftBuilder(Stamp stamp, EventFaults faults, int index) {
        this.stamp = stamp;
        this.faults = faults;
        this.index = index;
    }

    public void attribute(String name, String value) {
        if (!hasRoomFor(name, value)) {
            return;
        }
        if (name.equals(SPEC_VERSION)) {
            specVersion(value);
            return;
        }
        if (name.equals(Hops.ATTRIBUTE)) {
            return; // as the request says, not the event
        }
        if (!AttributeRules.isName(name)) {
            wrong(
                    name,
                    "attribute: %s (expected: 1 to %d of a-z and 0-9)"
                            .formatted(EventFaults.excerpt(name), AttributeRules.MAX_NAME));
            return;
        }
        String expected = AttributeRules.expected(name, value);
        if (expected != null) {
            wrong(name, "%s: %s (expected: %s)".formatted(name, EventFaults.excerpt(value), expected));
        }
        if (attributes.get(name) != null) {
            wrong(name, name + ": given twice (expected: once)");
        }
        attributes.set(name, value);
    }

    /** A boolean or an integer of JSON (section 2.2); where CloudEvents or Sluice wants a string it is one. */
    void literal(String name, String value) {
        attribute(name, value);
        if (AttributeRules.mayBeBare(name)) {
            attributes.bare(name);
        }
    }

    /** Of the gateway alone, whatever its length: no producer can say it. */
    public void own(String name, String value) {
        attributes.set(name, value);
    }

    /** Notes what is too much, once; what comes after it is passed over. */
    private boolean hasRoomFor(String name, String value) {
        if (isFull) {
            return false;
        }
        count++;
        characters += name.length() + value.length();
        isFull = count > AttributeRules.MAX_COUNT || characters > AttributeRules.MAX_CHARACTERS;
        if (isFull) {
            String bound = count > AttributeRules.MAX_COUNT
                    ? "more than %1$d attributes (expected: at most %1$d)".formatted(AttributeRules.MAX_COUNT)
                    : "attributes of more than %1$d characters in all (expected: at most %1$d)"
                            .formatted(AttributeRules.MAX_CHARACTERS);
            wrong(name, bound);
        }
        return !isFull;
    }

    private void specVersion(String value) {
        if (hasSpecVersion) {
            wrong(SPEC_VERSION, "specversion: given twice (expected: once)");
        }
        if (!value.equals("1.0")) {
            wrong(SPEC_VERSION, "specversion: %s (expected: 1.0)".formatted(EventFaults.excerpt(value)));
        }
        hasSpecVersion = true;
    }

    /** What was said so far. */
    Attributes.Builder attributes() {
        return attributes;
    }

    @Nullable
    String get(String name) {
        return attributes.get(name);
    }

    void wrong(String name, String detail) {
        faults.add(pointer(name), detail);
    }

    /** Bytes that were read as JSON already. */
    public void json(Buffer bytes) {
        data = bytes;
        isJson = true;
    }

    /** Bytes that nobody has looked at. */
    public void bytes(Buffer bytes) {
        data = bytes;
        isJson = false;
    }

    /** Complains of what a CloudEvent 1.0 must have. */
    void requireAll() {
        if (!hasSpecVersion) {
            missing(SPEC_VERSION);
        }
        require(Attributes.ID);
        require(Attributes.SOURCE);
    }

    /**
     * With the defaults filled in; null if anything is wrong with this event.
     *
     * @param claim on this event by its request, or null
     */
    @Nullable
    public Draft build(@Nullable Claim claim) {
        require(Attributes.TYPE);
        bind(Attributes.TENANT, stamp.tenant());
        bind(Attributes.SOURCE, stamp.source());
        Identity identity = IdempotencyKey.of(attributes, stamp.sender(), claim);
        setIfAbsent(Attributes.SOURCE, Stamp.DEFAULT_SOURCE);
        setIfAbsent(Attributes.TIME, stamp.now());
        if (stamp.hops() > 0) {
            attributes.set(Hops.ATTRIBUTE, Integer.toString(stamp.hops()));
        }
        trace();
        contentType();
        if (!faults.isEmpty()) {
            return null;
        }
        Buffer bytes = data == null ? NO_DATA : data;
        return new Draft(attributes.build(), bytes, null, identity);
    }

    /** That of the request, where the event brings none; behind its identity, as each repetition has another one. */
    private void trace() {
        TraceContext trace = stamp.trace();
        if (trace == null || attributes.get(Attributes.TRACE_PARENT) != null) {
            return;
        }
        attributes.set(Attributes.TRACE_PARENT, trace.parent());
        if (trace.state() != null) {
            attributes.set(Attributes.TRACE_STATE, trace.state());
        }
    }

    private void require(String name) {
        if (attributes.get(name) == null) {
            missing(name);
        }
    }

    private void missing(String name) {
        wrong(name, name + ": missing (expected: a string)");
    }

    /** A key that is bound to a value may not send another one. */
    private void bind(String name, @Nullable String bound) {
        if (bound == null) {
            return;
        }
        String given = attributes.get(name);
        if (given == null) {
            attributes.set(name, bound);
        } else if (!given.equals(bound)) {
            faults.addBreach(
                    pointer(name),
                    "%s: %s (expected: %s, as the key says)".formatted(name, EventFaults.excerpt(given), bound));
        }
    }

    private void setIfAbsent(String name, String value) {
        if (attributes.get(name) == null) {
            attributes.set(name, value);
        }
    }

    /** What says it is JSON is JSON: deliveries splice it into JSON envelopes. */
    private void contentType() {
        if (data == null) {
            return;
        }
        setIfAbsent(Attributes.DATA_CONTENT_TYPE, isJson ? JSON : BYTES);
        String type = attributes.get(Attributes.DATA_CONTENT_TYPE);
        if (isJson || type == null || !MediaType.parse(type).isJson()) {
            return;
        }
        try {
            JsonText text = JsonText.of(data);
            text.check();
            data = text.bytes();
        } catch (ProblemException malformed) {
            wrong("data", "data: not %s: %s".formatted(type, malformed.problem().detail()));
        }
    }

    private String pointer(String name) {
        String member = "/" + EventFaults.escaped(EventFaults.excerpt(name));
        return index < 0 ? member : "/" + index + member;
    }
}
