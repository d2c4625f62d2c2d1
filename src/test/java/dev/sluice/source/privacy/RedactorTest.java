package dev.sluice.source.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.JsonText;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import dev.sluice.source.privacy.Redaction.What;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final Privacy PASSWORDS =
            new Privacy(Set.of(), Set.of("password"), Map.of(), NestedUsers.STRIP_TO_ID, List.of(), Set.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'password':1}                                | {}",
                "{ 'password' : 1 }                            | {  }",
                "{'password':1,'a':2}                          | {'a':2}",
                "{'a':2,'password':1}                          | {'a':2}",
                "{'a':2 , 'password':1 , 'b':3}                | {'a':2  , 'b':3}",
                "{'password':1,'password':2,'a':3,'password':4}| {'a':3}",
                "{'password':{'password':[1,{}]},'a':[]}       | {'a':[]}",
                "[{'password':1},{'a':{'password':1}},[{'password':'x','b':0}]] | [{},{'a':{}},[{'b':0}]]",
                "{'pass\\u0077ord':1,'a':'\\/\\u00e9 1.10e5'}  | {'a':'\\/\\u00e9 1.10e5'}",
                "{'PASSWORD':1}                                | {}",
                "{'a':{'b':{'username':1,'email':2,'provider':3,'password':4}}} | {'a':{'b':{}}}",
            })
    void cutsMembersWithTheirCommas(String body, String expected) {
        assertThat(redacted(PASSWORDS, body.strip()).body())
                .hasToString(expected.strip().replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "null", "\"password\"", "{'a':'password'}", "{'passwords':1,'a':[1, 2.0]}", "7"})
    void leavesWhatNoRuleTouchesTheSameBuffer(String text) {
        Buffer body = Buffer.buffer(text.replace('\'', '"'));
        assertThat(Plan.of(PASSWORDS).apply(JsonText.of(body), body).body()).isSameAs(body);
    }

    @Test
    void doesNotReadABodyForWhichThereAreNoRules() {
        Buffer notJson = Buffer.buffer("{");
        assertThat(Plan.of(Privacy.NONE).apply(JsonText.of(notJson), notJson).body())
                .isSameAs(notJson);
    }

    @Test
    void saysWhichRuleTookWhatFromWhere() {
        Redacted redacted = redacted(
                PASSWORDS,
                "{'a/b':[0,{'password':1}],'u':[{'o':{'id':7,'username':'x','email':null,'provider':'local','password':1}}]}");
        assertThat(redacted.body()).hasToString("{\"a/b\":[0,{}],\"u\":[{\"o\":{\"id\":7}}]}");
        assertThat(redacted.redactions())
                .containsExactly(
                        new Redaction("passwordFields", "/a~1b/1/password", What.REMOVED),
                        new Redaction("nestedUsers", "/u/0/o", What.REDUCED));
    }

    @Test
    void keepsEveryIdentityOfAUserInTheBytesThatCame() {
        String user = "{'username':'u', 'id' : 1.0 ,'email':'e','documentId':'\\u0061','provider':'l','_id':{'no':1}}";
        assertThat(redacted(PASSWORDS, "{'entry':{'owner':" + user + "}}").body())
                .hasToString("{\"entry\":{\"owner\":{\"id\" : 1.0,\"documentId\":\"\\u0061\"}}}");
    }

    @Test
    void reducesWhatAPathNamesButNotACount() {
        Privacy listed = new Privacy(
                Set.of(), Set.of(), Map.of(), NestedUsers.KEEP, PathRules.userPaths("owner", "**.editors"), Set.of());
        Plan plan = Plan.of(listed).entries(Set.of(), Path.of("entry"));
        String body =
                "{'entry':{'owner':{'count':2},'x':{'editors':[{'id':1,'name':'a'},{'name':'b'},7]}},'owner':{'a':1}}";
        assertThat(redacted(plan, body).body())
                .hasToString("{'entry':{'owner':{'count':2},'x':{'editors':[{'id':1},{},7]}},'owner':{'a':1}}"
                        .replace('\'', '"'));
    }

    @Test
    void removesPrivateFieldsOfTheModelThroughArrays() {
        Privacy fields = new Privacy(
                Set.of(),
                Set.of(),
                Map.of(
                        "article", PathRules.privateFields("article", "secret", "images.hash"),
                        "*", PathRules.privateFields("*", "**.note"),
                        "page", PathRules.privateFields("page", "title")),
                NestedUsers.KEEP,
                List.of(),
                Set.of());
        Plan plan = Plan.of(fields).entries(Set.of("article"), Path.of("entry"));
        assertThat(redacted(
                                plan,
                                "{'secret':1,'entry':[{'title':1,'secret':2,'images':[{'hash':3},{'hash':4,'x':5}],'a':{'note':6,'secret':7}}]}")
                        .body())
                .hasToString(
                        "{'secret':1,'entry':[{'title':1,'images':[{},{'x':5}],'a':{'secret':7}}]}".replace('\'', '"'));
    }

    @Test
    void masksEvenTheIdentityWhereEveryLeafIsMasked() {
        Privacy visitors = new Privacy(
                Set.of(),
                Set.of(),
                Map.of(),
                NestedUsers.STRIP_TO_ID,
                PathRules.userPaths("b"),
                Set.of(Sensitive.VISITOR_DATA));
        Plan plan = Plan.of(visitors)
                .entries(Set.of(), Path.of("args.#1"))
                .sensitive(Sensitive.VISITOR_DATA, Path.of("args.#1"), Act.MASK_LEAVES);
        String body = "{'args':['n',{'a':[true,null,1],'b':{'id':1,'username':'','email':'','provider':''}},'c']}";
        assertThat(redacted(plan, body).body())
                .hasToString(
                        "{'args':['n',{'a':['***',null,'***'],'b':{'id':'***','username':'***','email':'***','provider':'***'}},'c']}"
                                .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "'\\/var\\/www\\/note.png',note.png",
        "'C:\\\\xampp\\\\htdocs\\\\',htdocs",
        "'\\u002fvar\\u002fé\\ud800',\\u00e9\\ud800",
        "'/',''",
        "plain,plain"
    })
    void keepsTheLastSegmentOfAPath(String path, String expected) {
        Privacy paths =
                new Privacy(Set.of(), Set.of(), Map.of(), NestedUsers.KEEP, List.of(), Set.of(Sensitive.SERVER_PATHS));
        Plan plan = Plan.of(paths).sensitive(Sensitive.SERVER_PATHS, Path.of("args"), Act.BASE_NAMES);
        assertThat(redacted(plan, "{'args':[['" + path + "',7]]}").body())
                .hasToString("{\"args\":[[\"" + expected + "\",7]]}");
    }

    @Test
    void namesOnlyTheFirstHundredButCutsAll() {
        String members = "'password':1,".repeat(5000);
        Redacted redacted = redacted(PASSWORDS, "{" + members + "'a':[" + "{'password':1},".repeat(5000) + "0]}");
        assertThat(redacted.redactions()).hasSize(100);
        assertThat(redacted.body().toString()).doesNotContain("password");
    }

    @Test
    void keepsPointersShort() {
        String name = "n".repeat(2000);
        Redacted redacted = redacted(PASSWORDS, "{'" + name + "':{'password':1}}");
        assertThat(redacted.redactions().get(0).pointer())
                .startsWith("…n")
                .endsWith("n/password")
                .hasSize(513);
    }

    @Test
    void descendsAsDeepAsTheParserDoes() {
        String body = "{'a':[".repeat(499) + "{'password':1}" + "]}".repeat(499);
        Privacy deep = new Privacy(
                Set.of(),
                Set.of("password"),
                Map.of("*", PathRules.privateFields("*", "**.x.**.y", "a.**.z")),
                NestedUsers.KEEP,
                List.of(),
                Set.of());
        assertThat(redacted(Plan.of(deep).entries(Set.of(), Path.ROOT), body)
                        .body()
                        .toString())
                .isEqualTo(body.replace("'password':1", "").replace('\'', '"'));
    }

    /** Each path is in many places at once, in every member. To look for each place among all others takes minutes. */
    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void followsManyDeepPathsDownADeepBody() {
        String[] paths = IntStream.range(0, 1000)
                .mapToObj(i -> "**.a.".repeat(7) + "x" + i)
                .toArray(String[]::new);
        Privacy deep = new Privacy(
                Set.of(),
                Set.of(),
                Map.of("*", PathRules.privateFields("*", paths)),
                NestedUsers.KEEP,
                List.of(),
                Set.of());
        String rest = "'a':2" + ",'a':2".repeat(999) + "}".repeat(20);
        Redacted redacted =
                redacted(Plan.of(deep).entries(Set.of(), Path.ROOT), "{'a':".repeat(19) + "{'x7':1," + rest);
        assertThat(redacted.body()).hasToString(("{'a':".repeat(19) + "{" + rest).replace('\'', '"'));
        assertThat(redacted.matched()).containsExactly("privateFields.*: " + paths[7]);
    }

    private static Redacted redacted(Privacy privacy, String body) {
        return redacted(Plan.of(privacy), body);
    }

    private static Redacted redacted(Plan plan, String body) {
        Buffer bytes = Buffer.buffer(body.replace('\'', '"'));
        return plan.apply(JsonText.of(bytes), bytes);
    }
}
