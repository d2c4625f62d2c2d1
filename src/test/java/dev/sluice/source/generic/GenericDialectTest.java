package dev.sluice.source.generic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.source.Arrivals;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "{'attributes':{'type':'/type','model':'/kind'},'privateFields':{'order':['card.**.number']},"
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
}
