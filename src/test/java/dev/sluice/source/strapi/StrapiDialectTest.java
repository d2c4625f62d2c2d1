package dev.sluice.source.strapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.source.Arrivals;
import dev.sluice.source.Dialects;
import dev.sluice.source.dialect.Reading;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.Samples;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrapiDialectTest {
    private final Arrivals strapi = new Arrivals("strapi");

    static Stream<Capture> captures() {
        return Stream.of("strapi-v3.6.11", "strapi-v5.54.0").flatMap(folder -> Captures.in(folder).stream());
    }

    static List<Buffer> ofVersion4() {
        return Samples.lines("strapi-v4");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void st11_theEventInTheHeaderIsTheOneInTheBody(Capture capture) {
        Reading reading = strapi.read(capture);
        assertThat(reading.type()).isEqualTo(capture.header("X-Strapi-Event"));
        Event event = new Event(new EventId("evt_1"), reading.attributes(), capture.bytes(), "strapi");
        assertThat(strapi.dialect.headers(event)).containsExactly(entry("X-Strapi-Event", reading.type()));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void tellsTheVersionByTheBody(Capture capture) {
        String expected = capture.name().startsWith("strapi-v3") ? "v3" : "v5";
        assertThat(strapi.read(capture).attributes().get("dialectversion")).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("ofVersion4")
    void tellsVersion4(Buffer sample) {
        strapi.headers.set("User-Agent", "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)");
        assertThat(strapi.keep(sample).attributes().get("dialectversion")).isEqualTo("v4");
    }

    @Test
    void leavesTheVersionOpenWhereNothingTells() {
        assertThat(strapi.describe("{'event':'trigger-test','createdAt':'2026-11-21T09:10:28.618Z'}")
                        .get("dialectversion"))
                .isNull();
    }

    @Test
    void tellsTheVersionByTheEntryWhereTheSenderSaysNothing() {
        strapi.headers.remove("User-Agent");
        assertThat(version("'createdAt':'2026-11-21T09:10:28.618Z','entry':{'id':1}"))
                .isEqualTo("v4");
        assertThat(version("'createdAt':'2026-11-21T09:10:28.618Z','entry':{'id':1,'documentId':'a'}"))
                .isEqualTo("v5");
        assertThat(version("'createdAt':'2026-11-21T09:10:28.618Z','entry':{'id':1},'release':{}"))
                .as("both have releases")
                .isNull();
        assertThat(version("'createdAt':'2026-11-21T09:10:28.618Z','entry':{'name':'n'}"))
                .isNull();
        assertThat(version("'entry':{'id':1}")).isNull();
    }

    private String version(String members) {
        return strapi.describe("{'event':'entry.create'," + members + "}").get("dialectversion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entry.create",
                "entry.update",
                "entry.delete",
                "entry.publish",
                "entry.unpublish",
                "media.create",
                "media.update",
                "media.delete"
            })
    void st08_st12_everyEventOfTheSeedIsKeptByteForByte(String event) {
        Buffer seed = Samples.seed("strapi-" + event);
        Reading.Kept kept = strapi.keep(seed);
        assertThat(kept.body()).isSameAs(seed);
        assertThat(kept.redactions()).isEmpty();
        assertThat(kept.type()).isEqualTo(event);
        assertThat(kept.attributes().get("dialectversion")).isEqualTo("v3");
        assertThat(kept.attributes().get("model")).isEqualTo(event.startsWith("entry") ? "address" : null);
        String id = event.equals("media.delete") ? "11" : "1";
        assertThat(kept.attributes().get("entryid")).isEqualTo(id);
        assertThat(kept.attributes().get("partitionkey"))
                .isEqualTo(event.startsWith("entry") ? "cms/address/1" : "cms/media/" + id);
    }

    @Test
    void st13_publishedAtPassesAsTimeAndAsNull() {
        assertThat(strapi.keep(Samples.seed("strapi-entry.publish")).body().toString())
                .containsPattern("\"published_at\": \"2020-");
        assertThat(strapi.keep(Samples.seed("strapi-entry.unpublish")).body().toString())
                .contains("\"published_at\": null");
    }

    @Test
    void st10_mediaEventsAreAboutTheFile() {
        assertThat(strapi.capture("strapi-v3.6.11/media.create").attributes())
                .isEqualTo(Attributes.of(
                        "type",
                        "media.create",
                        "source",
                        "cms",
                        "time",
                        "2026-11-21T09:14:04.114Z",
                        "entryid",
                        "1",
                        "dialectversion",
                        "v3",
                        "partitionkey",
                        "cms/media/1"));
    }

    @Test
    void st02_nothingIsAskedOfABodyBeyondItsEvent() {
        assertThat(strapi.describe("{'event':'deploy'}"))
                .isEqualTo(Attributes.of("type", "deploy", "source", "cms", "time", Arrivals.NOW));
    }

    @Test
    void describesAnEntryOfVersion5() {
        assertThat(strapi.capture("strapi-v5.54.0/entry.create").attributes())
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
                        "ybio3ibjxzhrl1shkfohdriy",
                        "dialectversion",
                        "v5",
                        "partitionkey",
                        "cms/address/ybio3ibjxzhrl1shkfohdriy"));
    }

    @Test
    void st15_theSecretOfTheSenderIsNoPartOfTheEvent() {
        Capture capture = Captures.named("strapi-v5.54.0/entry.create");
        assertThat(capture.header("Authorization")).isEqualTo("Bearer default-token");
        assertThat(strapi.read(capture).toString()).doesNotContain("default-token");
    }

    @Test
    void st21_usersMayBeSentOnPurposeUnderAnotherModel() {
        Buffer envelope = strapi.dialect.envelope(
                new JsonObject()
                        .put("event", "entry.create")
                        .put("model", "member")
                        .put("entry", new JsonObject()),
                Arrivals.INSTANT);
        assertThat(strapi.keep(envelope).body()).isSameAs(envelope);
    }

    @Test
    void hasTheLocaleOfAnEntry() {
        assertThat(strapi.describe("{'event':'entry.publish','model':'a','entry':{'id':1,'locale':'fr'}}")
                        .get("locale"))
                .isEqualTo("fr");
    }

    @Test
    void takesTheTwoContentTypesThatOverridesMake() {
        assertThat(strapi.capture("strapi-v3.6.11/entry.create.HEADER-OVERRIDES")
                        .type())
                .isEqualTo("entry.create");
        assertThat(strapi.capture("strapi-v5.54.0/entry.create.HEADER-OVERRIDES")
                        .type())
                .isEqualTo("entry.create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strapi-v3.6.11/entry.delete.BULK-ARRAY",
                "strapi-v3.6.11/trigger-test",
                "strapi-v5.54.0/trigger-test"
            })
    void namesNoEntryWhereThereIsNoneOrAre(String name) {
        Attributes attributes = strapi.capture(name).attributes();
        assertThat(attributes.get("entryid")).isNull();
        assertThat(attributes.get("partitionkey")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'entry.update','entry':null}",
                "{'event':'entry.update','entry':'null'}",
                "{'event':'entry.update','entry':[{'id':1}]}",
                "{'event':'entry.update','model':null,'uid':{'a':[]},'createdAt':7,'x':{'event':'y'}}",
                "{'event':'entry.update','createdAt':'yesterday','entry':{'id':{'a':1}}}",
                "{'event':'entry.update','model':'','entry':{}}",
                "{'event':'entry.update','x':'\\u0000','x':[]}",
            })
    void takesWhatIsMissingOrOddAndUsesTheTimeOfArrival(String body) {
        assertThat(strapi.describe(body))
                .isEqualTo(Attributes.of("type", "entry.update", "source", "cms", "time", Arrivals.NOW));
    }

    @Test
    void takesAnEventThatItDoesNotKnow() {
        Attributes described = strapi.describe(
                "{'event':'review-workflows.updateEntryStage','model':'article','entity':{'id':7,'documentId':'d'},'workflow':{}}");
        assertThat(described.get("type")).isEqualTo("review-workflows.updateEntryStage");
        assertThat(described.get("entryid")).isEqualTo("d");
        Attributes release = strapi.describe("{'event':'releases.publish','isPublished':true,'release':{'id':2}}");
        assertThat(release.get("partitionkey")).isEqualTo("cms/release/2");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T09:14:04.817Z,2026-11-21T09:14:04.817Z",
        "2026-11-21T09:14:04Z,2026-11-21T09:14:04.000Z",
        "2026-11-21T09:14:04.123456-04:00,2026-11-21T13:14:04.123Z",
        "+12026-11-21T09:14:04Z," + Arrivals.NOW,
    })
    void bringsTimesIntoOneForm(String given, String expected) {
        assertThat(strapi.describe("{'event':'a','created_at':'" + given + "'}").get("time"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "'entry.create'",
                "{}",
                "{'event':null}",
                "{'event':7}",
                "{'event':''}",
                "{'event':'a\\n'}",
                "{'event':['a']}",
                "{'event':'a','event':'b'}",
                "{'event':'a','model':'article','model':'user'}",
                "{'event':'a'",
                "{'event':'a'}{}",
                "{'event':'a','x':'\0'}",
                "event=entry.create",
                "{'event':'collections.save.after','hook':'h','backend':1,'args':[]}",
            })
    void refusesWhatIsNotAStrapiWebhook(String body) {
        assertThat(strapi.refusal(body).status()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        String deep = "[".repeat(1001) + "]".repeat(1001);
        assertThat(strapi.refusal("{'event':'a','entry':" + deep + "}").type()).isEqualTo("malformed-json");
    }

    @Test
    void takesFiveMegabytes() {
        String entry = "{'id':1,'text':'" + "é".repeat(2_500_000) + "'}";
        Buffer body = Arrivals.json("{'event':'entry.create','model':'a','entry':" + entry + "}");
        assertThat(strapi.keep(body).body()).isSameAs(body);
    }

    @Test
    void saysWhatABodyShouldHaveBeen() {
        assertThat(strapi.refusal("{}").errors().get(0).pointer()).isEqualTo("/event");
        assertThat(strapi.refusal("[]").detail()).isEqualTo("the body: an array (expected: a JSON object)");
    }

    @Test
    void st11_aHeaderThatContradictsTheBodyIsRefused() {
        strapi.headers.add("X-Strapi-Event", "entry.delete");
        assertThat(strapi.refusal("{'event':'entry.create'}").detail())
                .isEqualTo("event: entry.create (expected: the value of X-Strapi-Event, entry.delete)");
    }

    @Test
    void givesEveryWebhookTheSameBody() {
        assertThat(strapi.dialect.hasBodyPerWebhook()).isFalse();
        assertThat(strapi.body("{'hook':'x'}", "Other", strapi.dialect.defaultRules()))
                .isEqualTo("{\"hook\":\"x\"}");
        assertThat(strapi.dialect.isHighRate("entry.update")).isFalse();
    }

    @Test
    void findsNoDialectThatDoesNotExist() {
        assertThat(Dialects.find("drupal")).isEmpty();
        assertThat(Dialects.names()).isEqualTo("strapi, cockpit, maya, modyo, generic");
    }
}
