package dev.sluice.source.cockpit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.http.Problem;
import dev.sluice.source.Arrivals;
import dev.sluice.source.dialect.Reading;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.Samples;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CockpitDialectTest {
    private static final String FOLDER = "cockpit-v1-0.12.2";

    private final Arrivals cockpit = new Arrivals("cockpit");
    private final Arrivals maya = new Arrivals("maya");

    static List<Capture> captures() {
        return Captures.in(FOLDER);
    }

    static List<Buffer> ofMaya() {
        return Samples.lines("maya");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void ck02_ck09_everyRequestThatCockpitSentIsRead(Capture capture) {
        Reading.Kept kept = (Reading.Kept) cockpit.read(capture);
        JsonObject sent = new JsonObject(capture.bytes());
        JsonObject left = new JsonObject(kept.body());
        assertThat(kept.type()).isEqualTo(sent.getString("event"));
        assertThat(kept.attributes().get("backend"))
                .isEqualTo(sent.getValue("backend").toString());
        assertThat(left.fieldNames()).containsExactly("event", "hook", "backend", "args");
        assertThat(left.getJsonArray("args")).hasSameSizeAs(sent.getJsonArray("args"));
        if (kept.redactions().isEmpty()) {
            assertThat(kept.body()).isSameAs(capture.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("ofMaya")
    void ck10_ck11_everySampleOfMayaIsRead(Buffer sample) {
        Reading.Kept kept = maya.keep(sample);
        assertThat(kept.type()).isEqualTo(new JsonObject(sample).getString("event"));
        if (kept.redactions().isEmpty()) {
            assertThat(kept.body()).isSameAs(sample);
        }
    }

    @Test
    void ck03_aNewEntryIsToldFromAChangedOne() {
        assertThat(cockpit.capture(FOLDER + "/collections.save.after").attributes())
                .isEqualTo(Attributes.of(
                        "type",
                        "collections.save.after",
                        "source",
                        "cms",
                        "time",
                        Arrivals.NOW,
                        "model",
                        "posts",
                        "entryid",
                        "e5727d7f623436ca6f0003c1",
                        "partitionkey",
                        "cms/collections/posts/e5727d7f623436ca6f0003c1",
                        "isnew",
                        "true",
                        "backend",
                        "1"));
        assertThat(cockpit.describe(
                                "{'event':'collections.save.after','hook':'h','backend':1,'args':['posts',{'_id':'a'},true]}")
                        .get("isnew"))
                .isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource({
        "collections.save.after.posts, posts, e5727d7f623436ca6f0003c1, cms/collections/posts/e5727d7f623436ca6f0003c1, true",
        "collections.save.before, posts, , , true",
        "collections.remove.before, posts, e5727d7f623436ca6f0003c1, cms/collections/posts/e5727d7f623436ca6f0003c1,",
        "collections.remove.after, posts, , ,",
        "collections.find.after, posts, e5727d7f623436ca6f0003c1, cms/collections/posts/e5727d7f623436ca6f0003c1,",
        "collections.find.before, posts, , ,",
        "collections.createcollection, posts, , cms/collections/posts,",
        "collections.removecollection, tmpcol, , cms/collections/tmpcol,",
        "forms.save.after, contact, e57fe2093933364317000318, cms/forms/contact/e57fe2093933364317000318,",
        "forms.submit.after, contact, , ,",
        "singleton.saveData.after, site, , cms/singleton/site,",
        "cockpit.accounts.save, , , , true",
        "cockpit.account.logout, , e57267e83037668446000236, cms/accounts/e57267e83037668446000236,",
        "cockpit.assets.remove, , e572800064393352e70001c8, cms/assets/e572800064393352e70001c8,",
        "cockpit.media.upload, , , ,",
        "cockpit.bootstrap, , , ,",
        "admin.dashboard.widgets, , , ,",
    })
    void ck08_theArgumentsTellWhatAnEventIsAbout(
            String capture, String model, String entry, String partitionKey, String isNew) {
        Attributes attributes = cockpit.capture(FOLDER + "/" + capture).attributes();
        assertThat(attributes.get("model")).isEqualTo(model);
        assertThat(attributes.get("entryid")).isEqualTo(entry);
        assertThat(attributes.get("partitionkey")).isEqualTo(partitionKey);
        assertThat(attributes.get("isnew")).isEqualTo(isNew);
    }

    @Test
    void ck07_twoLinesOfContentTypeMakeNoDifference() {
        assertThat(cockpit.capture(FOLDER + "/collections.save.after.BASIC-AUTH-AND-HEADERS")
                        .type())
                .isEqualTo("collections.save.after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anything", "collections.save.after.{$name}", "content.item.save", "app.Ünï.init"})
    void ck04_anyNameOfAnEventIsTaken(String event) {
        String body = "{'event':'" + event + "','hook':'h','backend':0,'args':[]}";
        assertThat(cockpit.keep(body).type()).isEqualTo(event);
        assertThat(maya.keep(body).type()).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cockpit.webhook", "maya.webhook"})
    void refusesWhatItsOwnDeliveryWouldCauseAgain(String event) {
        Problem problem = cockpit.refusal("{'event':'" + event + "','hook':'h','backend':1,'args':[]}");
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.type()).isEqualTo("looping-event");
        assertThat(maya.refusal("{'args':[],'event':'" + event + "'}").type()).isEqualTo("looping-event");
        assertThat(cockpit.wrongParts("{'event':'" + event + "'}")).containsExactly("/event");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'event':'entry.create','created_at':'2020-01-10T08:47:36.649Z','entry':{}}|/args",
                "{'event':'a','hook':'h','args':{'0':1}}|/args",
                "{'event':'a','hook':'h','args':'x'}|/args",
                "{'hook':'h','args':[]}|/event",
                "{'event':{},'args':[]}|/event",
                "{'event':'a','args':[],'args':['posts']}|/args",
                "{'event':'a','hook':'h','hook':'i','args':[]}|/hook",
                "[]|''",
            })
    void refusesWhatIsNotACockpitWebhook(String body, String pointer) {
        Problem problem = cockpit.refusal(body);
        assertThat(problem.title()).isEqualTo("Not a Cockpit webhook");
        assertThat(problem.errors().get(0).pointer()).isEqualTo(pointer);
        assertThat(maya.refusal(body).title()).isEqualTo("Not a Maya webhook");
    }

    @Test
    void takesArgumentsOfEveryKind() {
        assertThat(cockpit.describe("{'args':[null,[[],{}],'x',{'_id':{'a':1}},7.5],'event':'collections.save.after'}")
                        .get("entryid"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cockpit.bootstrap",
                "maya.bootstrap",
                "cockpit.rest.init",
                "admin.init",
                "app.layout.header",
                "collections.find.before",
                "collections.find.after.posts",
                "singleton.getData.after",
                "maya.view.settings.item",
                "cockpit.account.editview"
            })
    void ck11_warnsOfNamesThatComeWithEachRequestOrPage(String type) {
        assertThat(cockpit.dialect.isHighRate(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collections.save.after",
                "cockpit.assets.save",
                "bootstrap",
                "forms.submit.after",
                "singleton.save.after"
            })
    void doesNotWarnOfWhatEditorsDo(String type) {
        assertThat(cockpit.dialect.isHighRate(type)).isFalse();
    }

    @Test
    void theHookBecomesTheNameOfTheWebhook() {
        Capture capture = Captures.named(FOLDER + "/collections.createcollection");
        String text = capture.bytes().toString();
        assertThat(cockpit.dialect.hasBodyPerWebhook()).isTrue();
        assertThat(cockpit.body(text, "Bäcker/\"1\"", cockpit.dialect.defaultRules()))
                .isEqualTo(text.replace("\"Seed events\"", "\"B\\u00e4cker\\/\\\"1\\\"\""));
        assertThat(cockpit.body(text, "Other", cockpit.rules("{'keepHook':true}")))
                .isEqualTo(text);
        assertThat(cockpit.body(text, "Seed events", cockpit.dialect.defaultRules()))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'event':'a','args':[{'hook':'x'}]}|{'event':'a','args':[{'hook':'x'}]}",
                "{'args':[{'hook':'x'}], 'hook' : null }|{'args':[{'hook':'x'}], 'hook' : 'W' }",
                "{'hook':{'hook':'x'},'z':1}|{'hook':'W','z':1}",
                "[{'hook':'x'}]|[{'hook':'x'}]",
                "7|7"
            })
    void onlyTheOuterHookIsReplaced(String body, String expected) {
        assertThat(cockpit.body(body, "W", cockpit.dialect.defaultRules())).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void leavesTheOtherCapturesByteForByte() {
        List<String> redacted = captures().stream()
                .filter(capture ->
                        !((Reading.Kept) cockpit.read(capture)).redactions().isEmpty())
                .map(capture -> capture.name().substring(FOLDER.length() + 1))
                .toList();
        assertThat(redacted)
                .containsExactlyInAnyOrder(
                        "cockpit.account.editview",
                        "cockpit.account.logout",
                        "cockpit.accounts.save",
                        "cockpit.api.authenticate",
                        "cockpit.asset.upload",
                        "cockpit.authentication.failed",
                        "cockpit.authentication.success",
                        "cockpit.export",
                        "cockpit.filestorages.init",
                        "cockpit.import",
                        "cockpit.media.removefiles",
                        "cockpit.media.rename",
                        "cockpit.media.upload",
                        "forms.save.after",
                        "forms.save.before",
                        "forms.submit.after",
                        "forms.submit.before");
    }

    @Test
    void hasTheMembersOfTheEnvelopeInOrder() {
        assertThat(cockpit.envelope(
                        "{'args':['posts',{'title':'é /'},false],'event':'collections.save.after','hook':'H'}"))
                .isEqualTo(
                        "{'event':'collections.save.after','hook':'H','backend':1,'args':['posts',{'title':'\\u00e9 \\/'},false]}");
        assertThat(maya.envelope("{'event':'maya.bootstrap','backend':0}"))
                .isEqualTo("{'event':'maya.bootstrap','hook':'','backend':0,'args':[]}");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void buildsWhatCockpitSentFromItsParts(Capture capture) {
        JsonObject parts = new JsonObject();
        JsonObject sent = new JsonObject(capture.bytes());
        List.of("args", "backend", "hook", "event").forEach(name -> parts.put(name, sent.getValue(name)));
        assertThat(cockpit.dialect.envelope(parts, Arrivals.INSTANT)).isEqualTo(capture.bytes());
    }

    @Test
    void namesEachPartThatIsWrong() {
        assertThat(cockpit.wrongParts("{'args':{},'backend':2}"))
                .containsExactlyInAnyOrder("/event", "/args", "/backend");
        assertThat(new JsonArray(cockpit.wrongParts("{'event':'a\\u0000'}")).getString(0))
                .isEqualTo("/event");
    }
}
