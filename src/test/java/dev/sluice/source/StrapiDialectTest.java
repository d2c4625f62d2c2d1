package dev.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrapiDialectTest {
    private static final String NOW = "2026-11-21T10:00:00.000Z";

    private final Dialect strapi = Dialects.find("strapi").orElseThrow();
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void describesAnEntryOfVersion5() {
        assertThat(describe(Captures.named("strapi-v5.54.0/entry.create")))
                .isEqualTo(Attributes.of(
                        "type",
                        "entry.create",
                        "source",
                        "cms",
                        "time",
                        "2026-11-21T08:57:57.273Z",
                        "model",
                        "address",
                        "uid",
                        "api::address.address",
                        "entryid",
                        "ybio3ibjxzhrl1shkfohdriy"));
    }

    @Test
    void describesAnEntryOfVersion3() {
        assertThat(describe(Captures.named("strapi-v3.6.11/entry.create.HEADER-OVERRIDES")))
                .isEqualTo(Attributes.of(
                        "type",
                        "entry.create",
                        "source",
                        "cms",
                        "time",
                        "2026-11-21T09:14:04.817Z",
                        "model",
                        "category",
                        "entryid",
                        "1"));
    }

    @Test
    void describesAFile() {
        assertThat(describe(Captures.named("strapi-v3.6.11/media.create")))
                .isEqualTo(Attributes.of(
                        "type", "media.create", "source", "cms", "time", "2026-11-21T09:14:04.114Z", "entryid", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strapi-v3.6.11/entry.delete.BULK-ARRAY",
                "strapi-v3.6.11/trigger-test",
                "strapi-v5.54.0/trigger-test"
            })
    void namesNoEntryWhereThereIsNoneOrAre(String name) {
        assertThat(describe(Captures.named(name)).get("entryid")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"entry.update\",\"entry\":null}",
                "{\"event\":\"entry.update\",\"entry\":\"null\"}",
                "{\"event\":\"entry.update\",\"entry\":[{\"id\":1}]}",
                "{\"event\":\"entry.update\",\"model\":null,\"uid\":{\"a\":[]},\"createdAt\":7,\"x\":{\"event\":\"y\"}}",
                "{\"event\":\"entry.update\",\"createdAt\":\"yesterday\",\"entry\":{\"id\":{\"a\":1}}}",
                "{\"event\":\"entry.update\",\"model\":\"\",\"entry\":{}}",
            })
    void takesWhatIsMissingOrOddAndUsesTheTimeOfArrival(String body) {
        assertThat(describe(body)).isEqualTo(Attributes.of("type", "entry.update", "source", "cms", "time", NOW));
    }

    @Test
    void takesAnEventThatItDoesNotKnow() {
        Attributes described = describe("{\"event\":\"review-workflows.updateEntryStage\",\"entity\":{\"id\":7}}");
        assertThat(described.get("type")).isEqualTo("review-workflows.updateEntryStage");
        assertThat(described.get("entryid")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T09:14:04.817Z,2026-11-21T09:14:04.817Z",
        "2026-11-21T09:14:04Z,2026-11-21T09:14:04.000Z",
        "2026-11-21T09:14:04.123456-04:00,2026-11-21T13:14:04.123Z",
        "+12026-11-21T09:14:04Z," + NOW,
    })
    void bringsTimesIntoOneForm(String given, String expected) {
        assertThat(describe("{\"event\":\"a\",\"created_at\":\"" + given + "\"}")
                        .get("time"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"entry.create\"",
                "{}",
                "{\"event\":null}",
                "{\"event\":7}",
                "{\"event\":\"\"}",
                "{\"event\":\"a\\n\"}",
                "{\"event\":[\"a\"]}",
                "{\"event\":\"a\",\"event\":\"b\"}",
                "{\"event\":\"a\"",
                "event=entry.create",
            })
    void refusesWhatIsNotAStrapiWebhook(String body) {
        assertThat(refusal(body).status()).isEqualTo(400);
    }

    @Test
    void refusesAHeaderThatContradictsTheBody() {
        headers.add("X-Strapi-Event", "entry.delete");
        assertThat(refusal("{\"event\":\"entry.create\"}").detail())
                .isEqualTo("event: entry.create (expected: the value of X-Strapi-Event, entry.delete)");
    }

    @Test
    void forcesTheNameOfTheEventAsHeaderOfADelivery() {
        Event event = new Event(
                new EventId("evt_1"),
                Attributes.of("type", "entry.create", "source", "cms"),
                Buffer.buffer(),
                "strapi");
        assertThat(strapi.headers(event))
                .containsExactly(org.assertj.core.api.Assertions.entry("X-Strapi-Event", "entry.create"));
    }

    @Test
    void findsNoDialectThatDoesNotExist() {
        assertThat(Dialects.find("drupal")).isEmpty();
    }

    private Attributes describe(Capture capture) {
        return strapi.read(
                        new Arrival("cms", capture.headers(), Buffer.buffer(capture.body()), NOW),
                        strapi.defaultRules())
                .attributes();
    }

    private Attributes describe(String body) {
        return strapi.read(new Arrival("cms", headers, Buffer.buffer(body), NOW), strapi.defaultRules())
                .attributes();
    }

    private Problem refusal(String body) {
        return catchThrowableOfType(ProblemException.class, () -> describe(body))
                .problem();
    }
}
