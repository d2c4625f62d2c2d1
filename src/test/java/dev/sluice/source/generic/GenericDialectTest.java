package dev.sluice.source.generic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.source.Arrivals;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericDialectTest {
    private final Arrivals generic = new Arrivals("generic");

    @Test
    void findsTheTypeWhereTheRulesSay() {
        assertThat(generic.describe("{'type':'order.paid'}"))
                .isEqualTo(Attributes.of("type", "order.paid", "source", "cms", "time", Arrivals.NOW));
    }

    @Test
    void findsAttributesInBodyAndHeaders() {
        generic.headers.set("X-GitHub-Event", "push").set("X-GitHub-Delivery", "d-1");
        SourceRules rules = generic.rules(
                "{'attributes':{'type':'header:x-github-event','id':'header:X-GitHub-Delivery',"
                        + "'time':'/head~1commit/at','subject':'/refs/1/name','partitionkey':'/repo/id','private':'/repo/private','none':'/no'}}");
        assertThat(generic.keep(
                                "{'head/commit':{'at':'2026-11-21T09:00:00+01:00'},'refs':[{'name':'a'},{'name':'b'}],"
                                        + "'repo':{'id':12,'private':true,'owner':{'id':3}},'no':null}",
                                rules)
                        .attributes())
                .isEqualTo(Attributes.of(
                        "type",
                        "push",
                        "source",
                        "cms",
                        "time",
                        "2026-11-21T08:00:00.000Z",
                        "id",
                        "d-1",
                        "subject",
                        "b",
                        "partitionkey",
                        "12",
                        "private",
                        "true"));
    }

    @Test
    void leavesOutWhatCannotBeAnAttribute() {
        SourceRules rules = generic.rules("{'attributes':{'type':'/t','a':'/a','b':'/b','c':'/c'}}");
        assertThat(generic.keep("{'t':'x','a':{},'b':'\\u0000','c':['y'],'t':'z'}", rules)
                        .attributes())
                .isEqualTo(Attributes.of("type", "z", "source", "cms", "time", Arrivals.NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{'type':null}", "{'type':{}}", "{'type':''}", "{'a':{'type':'x'}}"})
    void refusesABodyWithoutAType(String body) {
        assertThat(generic.refusal(body).detail())
                .startsWith("type: ")
                .endsWith("(expected: the name of the event at /type, as this source's rules say)");
        assertThat(generic.refusal(body).errors().get(0).pointer()).isEqualTo("/type");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThat(generic.refusal("type=x").type()).isEqualTo("malformed-json");
    }

    /** The receiver may check the producer's own signature. */
    @Test
    void takesNothingOutUntilSomebodyAsksForIt() {
        Buffer body = Arrivals.json("{'type':'x','password':'p'}");
        assertThat(generic.keep(body).body()).isSameAs(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain; charset=iso-8859-1  | hello",
                "application/xml                 | <a/>",
                "application/octet-stream        | bytes",
                "multipart/form-data; boundary=x | --x--",
                "text/plain                      | {\"type\":\"x\"}",
                "application/json                | ``",
                "application/json; charset=utf-8 | {}",
            },
            quoteCharacter = '`')
    void keepsABodyOfAnyTypeAsItCame(String contentType, String body) {
        generic.headers.set("Content-Type", contentType.strip());
        SourceRules rules = generic.rules("{'attributes':{'type':'text:thing'}}");
        Reading.Kept kept = generic.keep(Buffer.buffer(body), rules);
        assertThat(kept.body()).hasToString(body);
        assertThat(kept.attributes().get("datacontenttype")).isEqualTo(contentType.strip());
        assertThat(kept.isJson()).isEqualTo(body.equals("{}"));
    }

    @Test
    void keepsBytesOfNoTypeToo() {
        SourceRules rules = generic.rules("{'attributes':{'type':'text:thing'}}");
        assertThat(generic.keep(Buffer.buffer("bytes"), rules).isJson()).isFalse();
        assertThat(generic.keep(Buffer.buffer(""), rules).attributes().get("datacontenttype"))
                .isNull();
    }

    @Test
    void readsAFormAsAForm() {
        generic.headers.set("Content-Type", "application/x-www-form-urlencoded");
        SourceRules rules =
                generic.rules("{'attributes':{'type':['form:payload#/action','form:event'],'id':'form:id'}}");
        Buffer form = Buffer.buffer("event=a.b&id=7&password=p");
        Reading.Kept kept = generic.keep(form, rules);
        assertThat(kept.type()).isEqualTo("a.b");
        assertThat(kept.attributes().get("id")).isEqualTo("7");
        assertThat(kept.body()).isSameAs(form);
    }

    @Test
    void appliesThePrivacyRulesToJsonOfAnyContentType() {
        generic.headers.set("Content-Type", "text/plain");
        SourceRules rules = generic.rules("{'passwordFields':['password']}");
        assertThat(generic.keep("{'type':'x','password':'p'}", rules).body()).hasToString("{\"type\":\"x\"}");
    }

    @Test
    void refusesWhatSaysThatItIsJsonAndIsNot() {
        generic.headers.set("Content-Type", "application/vnd.x+json");
        assertThat(generic.refusal("type=x").type()).isEqualTo("malformed-json");
    }

    @Test
    void readsTimesAsTheyAreWritten() {
        SourceRules rules = generic.rules("{'attributes':{'type':'text:x','time':['/at','/ts']}}");
        assertThat(generic.keep("{'ts':1795252444}", rules).attributes().get("time"))
                .isEqualTo("2026-11-21T09:14:04.000Z");
        assertThat(generic.keep("{'at':'2026-11-21 09:14:04 +0100'}", rules)
                        .attributes()
                        .get("time"))
                .isEqualTo("2026-11-21T08:14:04.000Z");
    }

    @Test
    void keepsLongHeadersAsAttributes() {
        generic.headers.set("X-Long", "x".repeat(8192));
        SourceRules rules = generic.rules("{'attributes':{'type':'text:x','long':'header:X-Long'}}");
        assertThat(generic.keep("{}", rules).attributes().get("long")).hasSize(8192);
    }

    @Test
    void takesAnyJsonIfTheTypeIsInAHeader() {
        generic.headers.set("Event", "ping");
        SourceRules rules = generic.rules("{'attributes':{'type':'header:event'}}");
        Buffer body = Buffer.buffer("[1,2]");
        assertThat(generic.keep(body, rules).body()).isSameAs(body);
    }

    @Test
    void hasThePrivacyRulesToo() {
        SourceRules rules = generic.rules(
                "{'attributes':{'type':'/type','model':'/kind'},'passwordFields':['password'],'privateFields':{'order':['card.**.number']},"
                        + "'excludedModels':['person'],'nestedUsers':'strip-to-id'}");
        assertThat(generic.keep("{'type':'x','kind':'order','card':{'a':{'number':4}},'password':'p'}", rules)
                        .body())
                .hasToString("{\"type\":\"x\",\"kind\":\"order\",\"card\":{\"a\":{}}}");
        assertThat(generic.read(Arrivals.json("{'type':'x','kind':'person'}"), rules))
                .isInstanceOf(Reading.Dropped.class);
    }

    @Test
    void sendsPartsAsTheyAre() {
        assertThat(generic.envelope("{'b':1,'a':[]}")).isEqualTo("{'b':1,'a':[]}");
    }

    @Test
    void givesEveryWebhookTheSameBodyAtAnyRate() {
        assertThat(generic.body("{'a':1}", "hook", generic.dialect.defaultRules()))
                .isEqualTo("{\"a\":1}");
        assertThat(generic.dialect.isHighRate("push")).isFalse();
    }
}
