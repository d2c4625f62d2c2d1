package dev.sluice.source.modyo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.source.Arrivals;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.testing.Samples;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModyoDialectTest {
    private final Arrivals modyo = new Arrivals("modyo");

    static List<Buffer> samples() {
        return Samples.lines("modyo");
    }

    @Test
    void mo06_theRecordOfTheSeedIsKeptByteForByte() {
        Buffer seed = Samples.seed("modyo-entry_created_log");
        Reading.Kept kept = modyo.keep(seed);
        assertThat(kept.body()).isSameAs(seed);
        assertThat(kept.attributes())
                .isEqualTo(Attributes.of(
                        "type",
                        "entry_created_log",
                        "source",
                        "cms",
                        "time",
                        "2021-08-13T17:08:46.000Z",
                        "account",
                        "2",
                        "space",
                        "1",
                        "spaceuid",
                        "space-test",
                        "entity",
                        "Content::Entry",
                        "model",
                        "the-new-type",
                        "dialectversion",
                        "full",
                        "entryid",
                        "5",
                        "partitionkey",
                        "cms/Content::Entry/5"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void mo09_theNameOfTheLogIsFoundInBothShapes(Buffer sample) {
        JsonObject record = new JsonObject(sample);
        String uid = record.getString("trigger_uid");
        Reading.Kept kept = modyo.keep(sample);
        assertThat(kept.body()).isSameAs(sample);
        assertThat(kept.type()).isEqualTo(uid == null ? record.getString("e_c") + "_" + record.getString("e_a") : uid);
        assertThat(kept.attributes().get("dialectversion")).isEqualTo(uid == null ? "compact" : "full");
        assertThat(kept.attributes().get("partitionkey")).isNotNull();
    }

    @Test
    void mo03_sitesAndSpacesCanBeFilteredBy() {
        assertThat(modyo.describe("{'trigger_uid':'site_disabled_log','site_id':1025,'space_id':null}")
                        .get("site"))
                .isEqualTo("1025");
        assertThat(modyo.describe("{'e_c':'a','e_a':'b','idsite':4521}").get("site"))
                .isEqualTo("4521");
        assertThat(modyo.describe("{'trigger_uid':'x','space_id':7}").get("space"))
                .isEqualTo("7");
    }

    @Test
    void mo07_theRealmCanBeFilteredBy() {
        Attributes attributes = modyo.describe("{'e_c':'a','e_a':'b','realm_id':681,'realm_uid':'jordana'}");
        assertThat(attributes.get("realm")).isEqualTo("681");
        assertThat(attributes.get("realmuid")).isEqualTo("jordana");
    }

    @Test
    void mo08_eventsOfOneSubmissionAreOfOneEntity() {
        assertThat(samples().stream()
                        .map(sample -> modyo.keep(sample).attributes().get("partitionkey"))
                        .filter("cms/submission/4c23599f-2aa6-4a8c-b2ae-66be46b7b938"::equals))
                .hasSize(4);
        assertThat(modyo.describe("{'e_c':'a','e_a':'b','uid':9}").get("partitionkey"))
                .isEqualTo("cms/user/9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"layout_page_created_log", "user_login_log", "theme_restored_log", "made_up_by_an_operator"})
    void mo05_everyLogTypeIsTakenAlsoThoseNoLongerInTheCatalogue(String log) {
        assertThat(modyo.keep("{'trigger_uid':'" + log + "'}").type()).isEqualTo(log);
        assertThat(modyo.dialect.isHighRate(log)).isFalse();
    }

    @Test
    void readsATimeWithAnOffset() {
        assertThat(modyo.describe("{'trigger_uid':'a','created_at':'2025-06-16T10:50:22.000-04:00'}")
                        .get("time"))
                .isEqualTo("2025-06-16T14:50:22.000Z");
        assertThat(modyo.describe("{'e_c':'a','e_a':'b'}").get("time")).isEqualTo(Arrivals.NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'event':'entry.create'}",
                "{'trigger_uid':7}",
                "{'trigger_uid':''}",
                "{'trigger_uid':null}",
                "{'e_c':'a'}",
                "{'e_c':'','e_a':'b'}",
                "{'e_c':'a','e_a':'\\t'}",
                "{'trigger_uid':'a','trigger_uid':'b'}",
                "{'trigger_uid':'a','site_id':1,'site_id':2}"
            })
    void refusesWhatIsNotAModyoWebhook(String body) {
        assertThat(modyo.refusal(body).title()).isEqualTo("Not a Modyo webhook");
    }

    @Test
    void addressesAndBrowsersAreKeptUnlessSomebodyAsks() {
        SourceRules off = modyo.rules("{'redact':['requestData']}");
        for (Buffer sample : samples()) {
            Reading.Kept kept = modyo.keep(sample, off);
            assertThat(kept.body().toString()).doesNotContain("Mozilla").doesNotContain("172.71.");
            assertThat(new JsonObject(kept.body()).fieldNames()).isEqualTo(new JsonObject(sample).fieldNames());
        }
        assertThat(Arrivals.shown(modyo.keep(samples().get(0), off)))
                .containsExactly(
                        "redact.requestData /request_ip masked", "redact.requestData /request_user_agent masked");
    }

    @Test
    void mo06_builds25MembersInOrder() {
        JsonObject seed = new JsonObject(Samples.seed("modyo-entry_created_log"));
        JsonObject parts = new JsonObject().put("event", "entry_created_log");
        seed.fieldNames().stream()
                .filter(name -> !name.equals("trigger_uid") && !name.equals("trigger_name"))
                .sorted()
                .filter(name -> seed.getValue(name) != null)
                .forEach(name -> parts.put(name, seed.getValue(name)));
        assertThat(modyo.dialect.envelope(parts, Arrivals.INSTANT)).hasToString(seed.encode());
    }

    @Test
    void buildsCompactRecords() {
        Buffer sample = samples().get(4);
        JsonObject record = new JsonObject(sample);
        JsonObject parts = new JsonObject();
        record.fieldNames().stream().sorted().forEach(name -> parts.put(name, record.getValue(name)));
        assertThat(modyo.dialect.envelope(parts, Arrivals.INSTANT)).isEqualTo(sample);
        assertThat(modyo.envelope("{'x':1,'e_a':'b','event':'a_b','e_c':'a'}"))
                .isEqualTo("{'e_a':'b','e_c':'a','x':1}");
    }

    @Test
    void fillsInNameAndTime() {
        assertThat(modyo.envelope("{'event':'menu_updated_log','automated':true}"))
                .contains("'created_at':'" + Arrivals.NOW + "'", "'trigger_name':'Menu updated log'")
                .endsWith("'trigger_entry_space_uid':null,'automated':true}");
    }

    @Test
    void namesEachPartThatIsWrong() {
        assertThat(modyo.wrongParts("{}")).containsExactly("/event");
        assertThat(modyo.wrongParts("{'e_c':7,'event':'x'}")).containsExactly("/e_c", "/e_a", "/event");
        assertThat(modyo.wrongParts("{'event':'a','trigger_uid':'b'}")).containsExactly("/event");
    }

    @Test
    void dropsWhatIsOfAnExcludedContentType() {
        Buffer seed = Samples.seed("modyo-entry_created_log");
        assertThat(modyo.read(seed, modyo.rules("{'excludedModels':['the-new-type']}")))
                .isInstanceOfSatisfying(
                        Reading.Dropped.class,
                        dropped -> assertThat(dropped.rule()).isEqualTo("excludedModels"));
        assertThat(modyo.read(seed, modyo.rules("{'excludedModels':['another']}")))
                .isInstanceOf(Reading.Kept.class);
    }

    @Test
    void givesEveryWebhookTheSameBodyAtAnyRate() {
        assertThat(modyo.body("{'e_c':'entry'}", "hook", modyo.rules("{}"))).isEqualTo("{\"e_c\":\"entry\"}");
        assertThat(modyo.dialect.isHighRate("entry_created_log")).isFalse();
    }

    @Test
    void saysWhetherTheNameOfTheLogIsMissingOrIsNone() {
        assertThat(modyo.refusal("{'trigger_uid':5}").toJson().encode()).contains("not a name");
        assertThat(modyo.refusal("{'e_c':'entry'}").toJson().encode()).contains("missing");
    }
}
