package dev.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.Field;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.privacy.Redaction;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** What comes in from the source {@code cms}, at one time, as one dialect reads it. */
public final class Arrivals {
    public static final String NOW = "2026-11-21T10:00:00.000Z";
    public static final Instant INSTANT = Instant.parse(NOW);

    public final Dialect dialect;
    public final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    public Arrivals(String dialect) {
        this.dialect = Dialects.find(dialect).orElseThrow();
    }

    public Reading read(Buffer body, SourceRules rules) {
        return dialect.read(new Arrival("cms", headers, body, NOW), rules);
    }

    public Reading.Kept keep(Buffer body) {
        return keep(body, dialect.defaultRules());
    }

    public Reading.Kept keep(Buffer body, SourceRules rules) {
        Reading reading = read(body, rules);
        assertThat(reading).isInstanceOf(Reading.Kept.class);
        return (Reading.Kept) reading;
    }

    /** With {@code '} for {@code "}. */
    public Reading.Kept keep(String body) {
        return keep(json(body));
    }

    public Reading.Kept keep(String body, SourceRules rules) {
        return keep(json(body), rules);
    }

    public Reading read(Capture capture) {
        return dialect.read(new Arrival("cms", capture.headers(), capture.bytes(), NOW), dialect.defaultRules());
    }

    /** Such as {@code cockpit-v1-0.12.2/collections.save.after}. */
    public Reading.Kept capture(String name) {
        return (Reading.Kept) read(Captures.named(name));
    }

    public Attributes describe(String body) {
        return keep(body).attributes();
    }

    public Problem refusal(String body) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> read(json(body), dialect.defaultRules()));
        assertThat(refused).as(body).isNotNull();
        return refused.problem();
    }

    /** The dialect's default rules with these changes. */
    public SourceRules rules(String changes) {
        Field form = Field.root(new JsonObject(json(changes)));
        SourceRules rules = SourceRules.read(form, dialect.defaultRules());
        assertThat(form.errors()).isEmpty();
        return rules;
    }

    public String body(String body, String webhookName, SourceRules rules) {
        Event event = new Event(
                new EventId("evt_1"), Attributes.of("type", "x", "source", "cms"), json(body), dialect.name());
        return dialect.body(event, webhookName, rules).toString();
    }

    public String envelope(String parts) {
        return dialect.envelope(new JsonObject(json(parts)), INSTANT).toString().replace('"', '\'');
    }

    public List<String> wrongParts(String parts) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> dialect.envelope(new JsonObject(json(parts)), INSTANT));
        assertThat(refused).as(parts).isNotNull();
        assertThat(refused.problem().status()).isEqualTo(400);
        return refused.problem().errors().stream()
                .map(Problem.FieldError::pointer)
                .toList();
    }

    public static List<String> shown(Reading.Kept kept) {
        return kept.redactions().stream()
                .map(one -> one.rule() + " " + one.pointer() + " " + one.what().text())
                .toList();
    }

    public static Redaction only(Reading.Kept kept) {
        assertThat(kept.redactions()).hasSize(1);
        return kept.redactions().get(0);
    }

    public static Buffer json(String text) {
        return Buffer.buffer(text.replace('\'', '"'));
    }
}
