package dev.sluice.subscription.index;

import static dev.sluice.testing.Webhooks.disabled;
import static dev.sluice.testing.Webhooks.ofSource;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.subscription.NaiveMatcher;
import dev.sluice.subscription.Webhook;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookIndexTest {
    @ParameterizedTest
    @CsvSource({
        "entry.create, entry.create, true",
        "entry.create, entry.created, false",
        "entry.create, entry, false",
        "entry.create, entry.create.x, false",
        "entry.*, entry.create, true",
        "entry.*, entry, false",
        "entry.*, entry.create.x, false",
        "*.create, media.create, true",
        "*, ping, true",
        "*, a.b, false",
        "**, a, true",
        "**, a.b.c, true",
        "collections.**, collections, true",
        "collections.**, collections.save.after.posts, true",
        "collections.**, collection, false",
        "a.**.z, a.z, true",
        "a.**.z, a.b.c.z, true",
        "a.**.z, a.b.z.c, false",
        "**.z, z, true",
        "**.z, a.z.z, true",
        "**.a.**.a.**, a.x.a, true",
        "**.a.**.a.**, x.a.x, false",
        "a.**.*, a, false",
        "a.**.*, a.b, true",
        "collections.save.after.{$name}, collections.save.after.{$name}, true",
        "collections.save.after.{$name}, collections.save.after.posts, false",
    })
    void matchesByPattern(String pattern, String type, boolean wanted) {
        Webhook webhook = webhook("wh_1", pattern);

        assertThat(WebhookIndex.of(List.of(webhook)).match(event(type, "cms"))).hasSize(wanted ? 1 : 0);
        assertThat(WebhookIndex.EMPTY.with(webhook).match(event(type, "cms"))).hasSize(wanted ? 1 : 0);
    }

    @Test
    void namesAWebhookOnceHoweverManyOfItsPatternsMatch() {
        Webhook webhook = webhook("wh_1", "entry.*", "entry.create", "**", "**.**", "*.create", "**.create");

        assertThat(WebhookIndex.of(List.of(webhook)).match(event("entry.create", "cms")))
                .containsExactly(webhook);
        assertThat(WebhookIndex.EMPTY.with(webhook).without("wh_1").match(event("entry.create", "cms")))
                .isEmpty();
    }

    @Test
    void tellsOfSluiceItselfOnlyToWebhooksThatAskForIt() {
        WebhookIndex index =
                WebhookIndex.of(List.of(webhook("wh_1", "**"), ofSource(webhook("wh_2", "**"), Event.OPERATIONS)));

        assertThat(ids(index.match(event("webhook.disabled", Event.OPERATIONS))))
                .containsExactly("wh_2");
        assertThat(ids(index.match(event("webhook.disabled", "cms")))).containsExactly("wh_1");
    }

    @Test
    void namesADisabledWebhookNever() {
        WebhookIndex index = WebhookIndex.of(List.of(disabled(webhook("wh_1", "**")), webhook("wh_2", "**")));

        assertThat(ids(index.match(event("a", "cms")))).containsExactly("wh_2");
        assertThat(index.with(disabled(webhook("wh_2", "**"))).match(event("a", "cms")))
                .isEmpty();
        assertThat(ids(index.with(webhook("wh_1", "**")).match(event("a", "cms"))))
                .containsExactly("wh_1", "wh_2");
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void honoursTheSourceThatAWebhookIsBoundTo() {
        WebhookIndex index =
                WebhookIndex.of(List.of(webhook("wh_any", "**"), ofSource(webhook("wh_cms", "**"), "cms")));

        assertThat(ids(index.match(event("a", "cms")))).containsExactlyInAnyOrder("wh_any", "wh_cms");
        assertThat(ids(index.match(event("a", "shop")))).containsExactly("wh_any");

        WebhookIndex moved = index.with(ofSource(webhook("wh_cms", "**"), "shop"));
        assertThat(ids(moved.match(event("a", "cms")))).containsExactly("wh_any");
        assertThat(ids(moved.match(event("a", "shop")))).containsExactlyInAnyOrder("wh_any", "wh_cms");
    }

    @Test
    void readsAWildcardInAnEventTypeAsText() {
        WebhookIndex index = WebhookIndex.of(List.of(webhook("wh_1", "a.b"), webhook("wh_2", "a.*")));

        assertThat(ids(index.match(event("a.*", "cms")))).containsExactly("wh_2");
        assertThat(index.match(event("**", "cms"))).isEmpty();
    }

    @Test
    void leavesTheSnapshotBeforeAsItWas() {
        WebhookIndex before = WebhookIndex.of(List.of(webhook("wh_1", "a.b")));
        WebhookIndex after = before.with(webhook("wh_2", "a.*")).without("wh_1");

        assertThat(ids(before.match(event("a.b", "cms")))).containsExactly("wh_1");
        assertThat(ids(after.match(event("a.b", "cms")))).containsExactly("wh_2");
    }

    @Test
    void agreesWithANaiveMatcherThroughRandomChanges() {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Webhook> model = new HashMap<>();
            WebhookIndex index = WebhookIndex.EMPTY;
            for (int i = 0; i < 150; i++) {
                String id = "wh_" + random.nextInt(40);
                if (random.nextInt(4) == 0) {
                    model.remove(id);
                    index = index.without(id);
                } else {
                    Webhook webhook = randomWebhook(random, id);
                    model.put(id, webhook);
                    index = index.with(webhook);
                }
            }
            Weight weight = model.values().stream().map(Weight::of).reduce(Weight.NONE, Weight::plus);
            assertThat(index.weight()).as("seed %d", seed).isEqualTo(weight);
            assertThat(WebhookIndex.of(model.values()).weight()).isEqualTo(weight);
            for (int i = 0; i < 100; i++) {
                Event event = event(randomText(random, "a", "b", "c"), random.nextBoolean() ? "cms" : "shop");
                List<String> expected = model.values().stream()
                        .filter(webhook -> NaiveMatcher.wants(webhook, event))
                        .map(Webhook::id)
                        .sorted()
                        .toList();
                assertThat(ids(index.match(event)).stream().sorted())
                        .as("seed %d, %s", seed, event)
                        .isEqualTo(expected);
                assertThat(ids(WebhookIndex.of(model.values()).match(event)).stream()
                                .sorted())
                        .as("built at once, seed %d, %s", seed, event)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void becomesEmptyAgainWhenAllAreGone() {
        SplittableRandom random = new SplittableRandom(3);
        WebhookIndex index = WebhookIndex.EMPTY;
        for (int i = 0; i < 200; i++) {
            index = index.with(randomWebhook(random, "wh_" + i));
        }
        for (int i = 0; i < 200; i++) {
            index = index.without("wh_" + i);
        }
        assertThat(index).usingRecursiveComparison().isEqualTo(WebhookIndex.EMPTY);
    }

    @Test
    void costsWhatMatchesAndNotWhatExists() {
        List<Webhook> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Webhook webhook = webhook("wh_" + i, "shop" + i + ".order.*", "**.kind" + i, "*.kind" + i + ".**");
            many.add(i % 2 == 0 ? webhook : ofSource(webhook, "cms" + i));
        }
        int visitsOfOne = WebhookIndex.of(many.subList(0, 1))
                .walk("shop0.order.created", "cms1")
                .visited();
        Walk walk = WebhookIndex.of(many).walk("shop0.order.created", "cms1");

        assertThat(ids(walk.found())).containsExactly("wh_0");
        assertThat(walk.visited()).isLessThan(2 * visitsOfOne + 10);
    }

    @Test
    void cannotBeMadeToBacktrack() {
        List<Webhook> webhooks = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            webhooks.add(webhook("wh_" + i, "**.a.".repeat(i) + "z"));
        }
        Walk walk = WebhookIndex.of(webhooks).walk("a.".repeat(120) + "b", "cms");

        assertThat(walk.found()).isEmpty();
        assertThat(walk.visited()).isLessThan(4 * 120 * 60);
    }

    private static Webhook randomWebhook(SplittableRandom random, String id) {
        String[] patterns = Stream.generate(() -> randomText(random, "a", "b", "*", "**"))
                .limit(1 + random.nextInt(4))
                .toArray(String[]::new);
        Webhook webhook = webhook(id, patterns);
        Webhook bound = random.nextInt(3) == 0 ? ofSource(webhook, "cms") : webhook;
        return random.nextInt(5) == 0 ? disabled(bound) : bound;
    }

    private static String randomText(SplittableRandom random, String... segments) {
        List<String> text = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.add(segments[random.nextInt(segments.length)]);
        }
        return String.join(".", text);
    }

    private static Event event(String type, String source) {
        Attributes attributes = Attributes.of(Attributes.TYPE, type, Attributes.SOURCE, source);
        return new Event(new EventId("evt_1"), attributes, Buffer.buffer(), null);
    }

    private static List<String> ids(List<Webhook> webhooks) {
        return webhooks.stream().map(Webhook::id).toList();
    }
}
