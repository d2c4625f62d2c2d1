package dev.sluice.subscription;

import static dev.sluice.testing.Webhooks.disabled;
import static dev.sluice.testing.Webhooks.ofSource;
import static dev.sluice.testing.Webhooks.webhook;
import static dev.sluice.testing.Webhooks.withFilter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.subscription.filter.Denial;
import dev.sluice.subscription.index.SieveTest;
import dev.sluice.subscription.index.WebhookIndex;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckTest {
    @Test
    void letsThroughWhatEveryPartLetsThrough() {
        List<Check> checks = Check.all(webhook("wh_1", "entry.*"), event("default", "cms", "entry.publish"));

        assertThat(checks)
                .extracting(Check::part)
                .containsExactly("enabled", "tenant", "source", "eventTypes", "filter");
        assertThat(checks).allMatch(Check::matches);
    }

    @Test
    void asksEveryPartByItself() {
        Webhook webhook = withFilter(
                ofSource(disabled(webhook("wh_1", "entry.*", "media.*")), "cms"),
                SieveTest.filter("{'exact':{'model':'page'}}"));

        assertThat(Check.all(webhook, event("acme", "shop", "user.create")))
                .extracting(Check::denial)
                .containsExactly(
                        new Denial("/enabled", "disabled"),
                        new Denial("/tenant", "acme (expected: default)"),
                        new Denial("/source", "shop (expected: cms)"),
                        new Denial("/eventTypes", "user.create (expected: one of entry.*, media.*)"),
                        new Denial("/filter/exact/model", "model: \"article\" (expected: \"page\")"));
    }

    /** {@code curl -d} calls whatever it sends a form, and what another system sent keeps the type that it said. */
    @Test
    void looksIntoJsonOfOtherSystemsWhateverItIsCalled() {
        Webhook webhook = withFilter(webhook("wh_1", "**"), SieveTest.filter("{'exact':{'/data/n':1}}"));
        assertThat(Check.all(webhook, form("generic")).get(4).matches()).isTrue();
        assertThat(Check.all(webhook, form(null)).get(4).matches()).isFalse();
    }

    private static Event form(String dialect) {
        Attributes attributes =
                Attributes.of("type", "a", "source", "cms", "datacontenttype", "application/x-www-form-urlencoded");
        return new Event(new EventId("evt_1"), attributes, Buffer.buffer("{\"n\":1}"), dialect);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'exact':{'type':'entry.publish','model':'a'}} | /exact/model | model: \"article\" (expected: \"a\")",
                "{'prefix':{'model':'b'}} | /prefix/model | model: \"article\" (expected: \"b\" at its start)",
                "{'suffix':{'model':'b'}} | /suffix/model | model: \"article\" (expected: \"b\" at its end)",
                "{'exact':{'nope':'b'}} | /exact/nope | nope: missing (expected: \"b\")",
                "{'exact':{'/data/n':2}} | /exact/~1data~1n | /data/n: 1.50 (expected: 2)",
                "{'exact':{'/data/o':2}} | /exact/~1data~1o | /data/o: no string, number, true or false (expected: 2)",
                "{'all':[{'sql':'TRUE'},{'sql':'model = `b`'}]} | /all/1/sql | model = 'b': false",
                "[{'sql':'TRUE'},{'any':[{'sql':'FALSE'},{'sql':'FALSE'}]}] | /1/any | none of the 2 matches",
                "{'any':[{'all':[{'exact':{'model':'b'}}]}]} | /any/0/all/0/exact/model "
                        + "| model: \"article\" (expected: \"b\")",
                "{'not':{'exact':{'model':'article'}}} | /not | what it excludes matches",
            })
    void pointsAtTheInnermostPartThatSaysNo(String filter, String pointer, String detail) {
        Webhook webhook = withFilter(webhook("wh_1", "**"), SieveTest.filter(filter));
        Check check =
                Check.all(webhook, event("default", "cms", "entry.publish")).get(4);

        assertThat(Objects.requireNonNull(check.denial())).isEqualTo(new Denial("/filter" + pointer, detail));
    }

    @Test
    void agreesWithTheIndex() {
        SplittableRandom random = new SplittableRandom(5);
        String[] filters = {
            "{'exact':{'model':'article'}}", "{'exact':{'/data/n':1.5}}", "{'sql':'model = `b`'}", "{'sql':'nope = 1'}"
        };
        for (int i = 0; i < 2000; i++) {
            Webhook webhook = webhook("wh_1", pick(random, "entry.*", "**", "media.*"), pick(random, "*", "entry.x"));
            webhook = ofSource(webhook, pick(random, null, "cms"));
            String inner = filters[random.nextInt(4)];
            String outer = pick(random, "{'not':%s}", "{'any':[%s,{'sql':'FALSE'}]}", "[%s,{'sql':'TRUE'}]", "%s");
            webhook = withFilter(webhook, SieveTest.filter(outer.formatted(inner)));
            webhook = random.nextInt(5) == 0 ? disabled(webhook) : webhook;
            Event event = event("default", pick(random, "cms", "shop"), pick(random, "entry.x", "media.y", "z"));

            assertThat(Check.all(webhook, event).stream().allMatch(Check::matches))
                    .as("%s %s", webhook, event)
                    .isEqualTo(!WebhookIndex.of(List.of(webhook)).match(event).isEmpty());
        }
    }

    private static String pick(SplittableRandom random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static Event event(String tenant, String source, String type) {
        Attributes attributes = Attributes.of(
                Attributes.TYPE, type, Attributes.SOURCE, source, Attributes.TENANT, tenant, "model", "article");
        return new Event(new EventId("evt_1"), attributes, Buffer.buffer("{\"n\":1.50,\"o\":{}}"), null);
    }
}
