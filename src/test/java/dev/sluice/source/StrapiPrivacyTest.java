package dev.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.Reading.Dropped;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.privacy.Redaction;
import dev.sluice.source.privacy.Redaction.What;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrapiPrivacyTest {
    private final Arrivals strapi = new Arrivals("strapi");

    static Stream<Capture> ofUsers() {
        return all().filter(capture -> capture.name().endsWith(".USER"));
    }

    static Stream<Capture> withOwners() {
        return all().filter(capture -> capture.body().length > 0
                && !capture.name().endsWith(".USER")
                && capture.bytes().toString().contains("\"username\""));
    }

    static Stream<Capture> others() {
        return Stream.of("strapi-v3.6.11", "strapi-v5.54.0").flatMap(folder -> Captures.withoutUsers(folder).stream());
    }

    private static Stream<Capture> all() {
        return Stream.of("strapi-v3.6.11", "strapi-v5.54.0").flatMap(folder -> Captures.in(folder).stream());
    }

    @ParameterizedTest
    @MethodSource("ofUsers")
    void st16_userEventsAreDroppedBeforeStorage(Capture capture) {
        Reading reading = strapi.read(capture);
        assertThat(reading).isInstanceOf(Dropped.class);
        assertThat(((Dropped) reading).rule()).isEqualTo("excludedModels");
        assertThat(reading.type()).isEqualTo(capture.header("X-Strapi-Event"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'entry.create','model':'user','entry':{}}",
                "{'event':'entry.create','entry':{'id':1},'uid':'plugin::users-permissions.user'}",
                "{'event':'entry.create','model':'people','uid':'plugins::users-permissions.user'}",
                "{'event':'entry.update','model':'x','\\u0075id':'admin::user'}",
            })
    void st16_aUserIsKnownByModelAndByUid(String body) {
        assertThat(strapi.read(Arrivals.json(body), strapi.dialect.defaultRules()))
                .isInstanceOf(Dropped.class);
    }

    @Test
    void st16_theRuleCanBeSwitchedOffAndCanNameOtherModels() {
        Capture user = Captures.named("strapi-v3.6.11/entry.delete.USER");
        Reading.Kept kept = strapi.keep(user.bytes(), strapi.rules("{'excludedModels':[]}"));
        assertThat(kept.body()).isSameAs(user.bytes());

        SourceRules patients = strapi.rules("{'excludedModels':['patient']}");
        assertThat(strapi.read(Arrivals.json("{'event':'entry.create','model':'patient'}"), patients))
                .isInstanceOf(Dropped.class);
        assertThat(strapi.keep("{'event':'entry.create','model':'article','entry':{'id':1}}", patients)
                        .redactions())
                .isEmpty();
    }

    @Test
    void st17_passwordsAndTokensAreRemovedAtAnyDepth() {
        Reading.Kept kept = strapi.keep("{'event':'entry.update','model':'article','entry':{'id':1,"
                + "'created_by':{'id':1,'password':'$2a','resetPasswordToken':null},"
                + "'parts':[{'x':[{'registrationToken':'t','y':1}]}]},'confirmationToken':'c'}");
        assertThat(kept.body())
                .hasToString(
                        "{'event':'entry.update','model':'article','entry':{'id':1,'created_by':{'id':1},'parts':[{'x':[{'y':1}]}]}}"
                                .replace('\'', '"'));
        assertThat(Arrivals.shown(kept))
                .containsExactly(
                        "passwordFields /entry/created_by/password removed",
                        "passwordFields /entry/created_by/resetPasswordToken removed",
                        "passwordFields /entry/parts/0/x/0/registrationToken removed",
                        "passwordFields /confirmationToken removed");
    }

    @Test
    void st17_privateFieldsOfAContentTypeAreRemoved() {
        SourceRules rules =
                strapi.rules("{'privateFields':{'api::article.article':['internal.note'],'article':['draft'],"
                        + "'media':['hash'],'page':['title']}}");
        Reading.Kept entry = strapi.keep(
                "{'event':'entry.create','model':'article','uid':'api::article.article',"
                        + "'entry':{'title':'t','draft':1,'internal':[{'note':2,'x':3}]}}",
                rules);
        assertThat(new JsonObject(entry.body()).getJsonObject("entry"))
                .isEqualTo(new JsonObject("{\"title\":\"t\",\"internal\":[{\"x\":3}]}"));
        Reading.Kept media = strapi.keep("{'event':'media.create','media':{'hash':'h','id':1}}", rules);
        assertThat(media.body()).hasToString("{\"event\":\"media.create\",\"media\":{\"id\":1}}");
    }

    @Test
    void st17_theModelMayComeBehindTheEntry() {
        SourceRules rules = strapi.rules("{'privateFields':{'article':['draft']}}");
        Reading.Kept kept = strapi.keep("{'event':'e','entry':[{'draft':1},{'id':2}],'model':'article'}", rules);
        assertThat(kept.body()).hasToString("{\"event\":\"e\",\"entry\":[{},{\"id\":2}],\"model\":\"article\"}");
    }

    @ParameterizedTest
    @MethodSource("withOwners")
    void st18_relatedUsersAreReducedToTheirId(Capture capture) {
        Reading.Kept kept = (Reading.Kept) strapi.read(capture);
        assertThat(Arrivals.only(kept)).isEqualTo(new Redaction("nestedUsers", "/entry/owner", What.REDUCED));
        JsonObject expected = new JsonObject(capture.bytes());
        JsonObject owner = expected.getJsonObject("entry").getJsonObject("owner");
        owner.fieldNames().removeIf(name -> !name.equals("id") && !name.equals("documentId"));
        assertThat(new JsonObject(kept.body())).isEqualTo(expected);
        assertThat(kept.body().toString()).doesNotContain("eve@").isEqualTo(expected.encode());
    }

    @ParameterizedTest
    @MethodSource("withOwners")
    void st18_canBeSwitchedOff(Capture capture) {
        assertThat(strapi.keep(capture.bytes(), strapi.rules("{'nestedUsers':'keep'}"))
                        .body())
                .isSameAs(capture.bytes());
    }

    @Test
    void st18_usersThatDoNotLookLikeOneAreFoundByTheirPaths() {
        SourceRules rules = strapi.rules("{'userPaths':['author','**.createdBy']}");
        Reading.Kept kept = strapi.keep(
                "{'event':'e','model':'article','entry':{'author':{'id':4,'name':'Eve'},'x':{'createdBy':{'id':1,'firstname':'A'}}}}",
                rules);
        assertThat(new JsonObject(kept.body()).getJsonObject("entry"))
                .isEqualTo(new JsonObject("{\"author\":{\"id\":4},\"x\":{\"createdBy\":{\"id\":1}}}"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatNoRuleTouchesIsKeptByteForByte(Capture capture) {
        Reading.Kept kept = (Reading.Kept) strapi.read(capture);
        assertThat(kept.body()).isSameAs(capture.bytes());
    }
}
