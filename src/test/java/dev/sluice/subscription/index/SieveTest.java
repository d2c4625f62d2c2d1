package dev.sluice.subscription.index;

import static dev.sluice.testing.Webhooks.webhook;
import static dev.sluice.testing.Webhooks.withFilter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.Field;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.filter.Filter;
import dev.sluice.subscription.form.FilterForm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which filters let an event through, and what that costs. */
public final class SieveTest {
    private static final String DATA = """
            {"entry":{"id":7,"status":"live","tags":["a","b",{"n":1}],"price":1.50,"draft":false,"note":null,
             "big":12345678901234567890,"a/b":"slash","m~n":"tilde","":"empty","0":"zero","x":{"x":{"x":"deep"}}},
             "list":[[1,2],[3,[4]]],"twice":"first","twice":"last","gone":{"a":1},"gone":{"b":2}}""";

    /** The examples of the CloudEvents Subscriptions API 0.1-wip, section 3.2.4.1, and what is next to them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'exact':{'type':'com.github.push','subject':'https://github.com/cloudevents/spec'}} | true",
                "{'exact':{'type':'com.github.push','subject':'https://github.com/cloudevents'}} | false",
                "{'exact':{'type':'com.github.Push'}} | false",
                "{'prefix':{'type':'com.github.','subject':'https://github.com/cloudevents'}} | true",
                "{'prefix':{'type':'com.gitlab.','subject':'https://github.com/cloudevents'}} | false",
                "{'suffix':{'type':'.push','subject':'/cloudevents/spec'}} | true",
                "{'suffix':{'type':'.created','subject':'/cloudevents/spec'}} | false",
                "{'all':[{'exact':{'type':'com.github.push'}},{'suffix':{'subject':'/spec'}}]} | true",
                "{'all':[{'exact':{'type':'com.github.push'}},{'suffix':{'subject':'/x'}}]} | false",
                "{'any':[{'exact':{'type':'x'}},{'suffix':{'subject':'/spec'}}]} | true",
                "{'any':[{'exact':{'type':'x'}},{'suffix':{'subject':'/x'}}]} | false",
                "{'not':{'exact':{'type':'com.github.push'}}} | false",
                "{'not':{'exact':{'type':'x'}}} | true",
                "{'sql':'source LIKE `%cloudevents%`'} | true",
                "{'sql':'source LIKE `%knative%`'} | false",
                "[{'prefix':{'type':'com.github.'}},{'exact':{'site':'12'}}] | true",
                "[{'prefix':{'type':'com.github.'}},{'exact':{'site':'13'}}] | false",
                "{'exact':{'missing':'a'}} | false",
                "{'not':{'exact':{'missing':'a'}}} | true",
                "{'exact':{'id':'evt_1','tenant':'default','specversion':'1.0'}} | true",
                "{'exact':{'datacontenttype':'application/json'}} | true",
                "{'prefix':{'time':'2026-11-21T'}} | true",
                "{'not':{'sql':'missing = `a`'}} | true",
            })
    void asksAttributes(String filter, boolean matches) {
        Sieve sieve = sieve(event("application/json", DATA), filter);

        assertThat(sieve.kept()).hasSize(matches ? 1 : 0);
        assertThat(sieve.reads()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'exact':{'/data/entry/status':'live'}} | true",
                "{'exact':{'/data/entry/status':'Live'}} | false",
                "{'exact':{'/data/entry/status':'live','/data/entry/id':7}} | true",
                "{'exact':{'/data/entry/status':'live','/data/entry/id':8}} | false",
                "{'exact':{'/data/entry/id':7.0}} | true",
                "{'exact':{'/data/entry/id':'7'}} | false",
                "{'exact':{'/data/entry/price':1.5}} | true",
                "{'exact':{'/data/entry/price':15e-1}} | true",
                "{'exact':{'/data/entry/big':12345678901234567890}} | true",
                "{'exact':{'/data/entry/big':12345678901234567891}} | false",
                "{'exact':{'/data/entry/draft':false}} | true",
                "{'exact':{'/data/entry/draft':'false'}} | false",
                "{'exact':{'/data/entry/draft':0}} | false",
                "{'exact':{'/data/entry/note':'null'}} | false",
                "{'exact':{'/data/entry/tags':'a'}} | false",
                "{'exact':{'/data/entry/tags/0':'a'}} | true",
                "{'exact':{'/data/entry/tags/1':'b','/data/entry/tags/2/n':1}} | true",
                "{'exact':{'/data/entry/tags/3':'a'}} | false",
                "{'exact':{'/data/entry/tags/00':'a'}} | false",
                "{'exact':{'/data/entry/tags/-':'a'}} | false",
                "{'exact':{'/data/entry/0':'zero'}} | true",
                "{'exact':{'/data/list/1/1/0':4,'/data/list/0/1':2}} | true",
                "{'exact':{'/data/entry/a~1b':'slash','/data/entry/m~0n':'tilde'}} | true",
                "{'exact':{'/data/entry/':'empty'}} | true",
                "{'exact':{'/data/entry/x/x/x':'deep'}} | true",
                "{'exact':{'/data/entry/x/x':'deep'}} | false",
                "{'exact':{'/data/entry/status/x':'live'}} | false",
                "{'exact':{'/data/twice':'last'}} | true",
                "{'exact':{'/data/twice':'first'}} | false",
                "{'exact':{'/data/gone/a':1}} | false",
                "{'exact':{'/data/gone/b':2}} | true",
                "{'prefix':{'/data/entry/status':'li'}} | true",
                "{'suffix':{'/data/entry/status':'ve'}} | true",
                "{'prefix':{'/data/entry/id':'7'}} | false",
                "{'not':{'exact':{'/data/entry/none':'a'}}} | true",
                "{'all':[{'exact':{'site':'12','/data/entry/id':7}},{'sql':'site = 12'}]} | true",
            })
    void asksDataThroughPointers(String filter, boolean matches) {
        assertThat(sieve(event("application/json", DATA), filter).kept()).hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"text\" | {'exact':{'/data':'text'}} | true",
                "7 | {'exact':{'/data':7}} | true",
                "[true] | {'exact':{'/data/0':true}} | true",
                "{\"a\":1e99999999999,\"b\":2} | {'exact':{'/data/b':2}} | true",
                "{\"a\":1e99999999999,\"b\":2} | {'exact':{'/data/a':2}} | false",
                "{\"a\":1e1000000000} | {'exact':{'/data/a':1}} | false",
                "{\"g\":{\"a\":1,\"b\":2},\"g\":{\"b\":3}} | {'not':{'exact':{'/data/g/a':1}}} | true",
                "{\"g\":{\"a\":1},\"g\":{\"a\":2}} | {'exact':{'/data/g/a':2}} | true",
                "{\"g\":{\"a\":1},\"g\":{\"a\":{}}} | {'exact':{'/data/g/a':1}} | false",
                "{\"g\":{\"a\":1},\"g\":7} | {'exact':{'/data/g/a':1}} | false",
                "{\"g\":{\"a\":1,\"a\":2},\"h\":1,\"g\":{\"a\":3}} | {'exact':{'/data/g/a':3,'/data/h':1}} | true",
                "{\"a\": | {'exact':{'/data/a':1}} | false",
                "{\"a\":1} {} | {'exact':{'/data/a':1}} | false",
                "'' | {'exact':{'/data':'a'}} | false",
                "a=1 | {'exact':{'/data/a':1}} | false",
            })
    void findsNothingInWhatIsNoJson(String data, String filter, boolean matches) {
        assertThat(sieve(event("application/json", data.replace("''", "")), filter)
                        .kept())
                .hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 1",
        "Application/JSON; charset=utf-8, 1",
        "application/vnd.api+json, 1",
        "text/plain, 0",
        "application/octet-stream, 0",
    })
    void readsOnlyDataThatSaysItIsJson(String type, int reads) {
        Sieve sieve = sieve(event(type, DATA), "{'exact':{'/data/entry/id':7}}");

        assertThat(sieve.kept()).hasSize(reads);
        assertThat(sieve.reads()).isEqualTo(reads);
    }

    @Test
    void readsDataOnceHoweverManyFiltersLookAtIt() {
        List<Webhook> webhooks = new ArrayList<>();
        webhooks.add(webhook("wh_free", "**"));
        for (int i = 0; i < 1000; i++) {
            String filter = i % 2 == 0 ? "{'exact':{'/data/entry/id':%d}}" : "{'exact':{'/data/entry/tags/%d':'b'}}";
            webhooks.add(withFilter(webhook("wh_" + i, "**"), filter(filter.formatted(i))));
        }
        Sieve sieve = new Sieve(event("application/json", DATA), webhooks);

        assertThat(sieve.kept()).extracting(Webhook::id).containsExactly("wh_free", "wh_1");
        assertThat(sieve.reads()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'all':[{'exact':{'site':'13'}},{'exact':{'/data/entry/id':7}}]}",
                "{'any':[{'exact':{'site':'12'}},{'exact':{'/data/entry/id':7}}]}",
                "{'exact':{'site':'13','/data/entry/id':7}}",
            })
    void readsNoDataWhereAttributesDecide(String filter) {
        Sieve sieve = sieve(event("application/json", DATA), filter);

        sieve.kept();
        assertThat(sieve.reads()).isZero();
    }

    @Test
    void leavesWebhooksWithoutAFilterAsTheIndexFoundThem() {
        WebhookIndex index = WebhookIndex.of(List.of(webhook("wh_1", "**"), webhook("wh_2", "com.**")));
        Walk walk = index.walk("com.github.push", "x");

        assertThat(walk.isFiltered()).isFalse();
        assertThat(index.match(event("application/json", DATA))).isEqualTo(walk.found());
    }

    @Test
    void namesAWebhookOnceThoughSeveralOfItsPatternsMatch() {
        Webhook webhook = withFilter(webhook("wh_1", "**", "com.**"), filter("{'exact':{'/data/entry/id':7}}"));
        Webhook other = withFilter(webhook("wh_2", "**", "com.**"), filter("{'exact':{'/data/entry/id':8}}"));

        assertThat(WebhookIndex.of(List.of(webhook, other)).match(event("application/json", DATA)))
                .containsExactly(webhook);
        assertThat(WebhookIndex.EMPTY.with(other).with(webhook).match(event("application/json", DATA)))
                .containsExactly(webhook);
    }

    private static Sieve sieve(Event event, String filter) {
        return new Sieve(event, List.of(withFilter(webhook("wh_1", "**"), filter(filter))));
    }

    public static Filter filter(String json) {
        String text = "{\"filter\":" + json.replace('\'', '"').replace('`', '\'') + "}";
        Field form = Field.root(new JsonObject(text));
        Filter filter = FilterForm.read(form.member("filter"));
        assertThat(form.errors()).isEmpty();
        return filter;
    }

    private static Event event(String contentType, String data) {
        Attributes attributes = Attributes.of(
                Attributes.TYPE,
                "com.github.push",
                Attributes.SOURCE,
                "https://github.com/cloudevents",
                Attributes.SUBJECT,
                "https://github.com/cloudevents/spec",
                Attributes.TIME,
                "2026-11-21T10:00:00Z",
                Attributes.DATA_CONTENT_TYPE,
                contentType,
                "site",
                "12");
        return new Event(new EventId("evt_1"), attributes, Buffer.buffer(data), null);
    }
}
