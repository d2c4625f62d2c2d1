package dev.sluice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.cms.CockpitRecord;
import dev.sluice.admin.cms.StrapiBody;
import dev.sluice.admin.cms.StrapiRecord;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.subscription.Check;
import dev.sluice.subscription.Forms;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.subscription.index.WebhookIndex;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What users say of their webhooks, and what is imported from elsewhere. */
final class WebhookTargets {
    private static final Forms FORMS = new Forms("filter");
    private static final WebhookCodec CODEC = new WebhookCodec(SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
    private static final Event EVENT = new Event(
            new EventId("evt_1"),
            Attributes.of(
                    "type",
                    "order.paid",
                    "source",
                    "/shop",
                    "time",
                    "2026-11-21T10:00:00Z",
                    "subject",
                    "é 7",
                    "tenant",
                    "acme"),
            Buffer.buffer("{\"a\":{\"b\":[1,2.50,\"x\",null,true]},\"n\":-0.0,\"~/\":\"t\",\"\":{\"\":1}}"),
            null);

    private static final String URL = "\"url\":\"https://a.example/hook\"";

    private WebhookTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of(
                        "webhook-form",
                        WebhookTargets::form,
                        "{" + URL
                                + ",\"name\":\"n\",\"eventTypes\":[\"order.*\",\"**.x\"],\"headers\":[{\"name\":\"X-A\",\"value\":\"v\","
                                + "\"secret\":true}],\"maxInFlight\":3,\"timeoutMs\":500,\"ordering\":\"key\"}",
                        "{" + URL
                                + ",\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"p\"},\"retry\":{\"delaysMs\":"
                                + "[1000,2000],\"jitter\":0.5},\"rateLimit\":{\"limit\":5,\"periodMs\":1000,\"burst\":9}}",
                        "{" + URL
                                + ",\"auth\":{\"type\":\"oauth2\",\"tokenUrl\":\"https://t.example/token\",\"clientId\":\"c\","
                                + "\"clientSecret\":\"s\",\"scope\":\"a b\"},\"body\":\"cloudevents\",\"source\":\"/shop\"}",
                        "{" + URL
                                + ",\"coalesce\":{\"by\":\"key\",\"quietMs\":1000,\"mostMs\":5000},\"transform\":\"{'a': data.b}\","
                                + "\"tls\":{\"verify\":false},\"enabled\":false,\"signing\":\"ed25519\"}"),
                Target.of(
                        "endpoint-url",
                        text -> form(new JsonObject().put("url", text).encode()),
                        "https://user:p@a.example:8443/x?y=z#f",
                        "http://[::ffff:127.0.0.1]:80/",
                        "http://0x7f.1/",
                        "https://bücher.example/é",
                        "http://a_b.svc:0/"),
                Target.of(
                        "filter",
                        WebhookTargets::filter,
                        "{\"all\":[{\"exact\":{\"type\":\"order.paid\"}},{\"not\":{\"prefix\":{\"/data/a/b/2\":\"x\"}}}]}",
                        "[{\"any\":[{\"suffix\":{\"subject\":\"7\"}},{\"exact\":{\"/data/~0~1\":\"t\",\"/data/a/b/1\":2.5}}]}]",
                        "{\"sql\":\"type LIKE 'order.%' AND EXISTS subject AND LENGTH(subject) > 2\"}"),
                Target.of(
                        "sql",
                        text -> filter(new JsonObject().put("sql", text).encode()),
                        "type LIKE 'order._%' AND NOT (subject IN ('a', 'b') OR ABS(-5) * 3 % 2 = 1)",
                        "CONCAT_WS('-', type, UPPER(TRIM(source)), SUBSTRING(subject, 1, 2)) <> '' XOR TRUE",
                        "INT('2147483647') + 1 > 0 OR BOOL('true') AND missing = ''"),
                Target.of(
                        "pointer",
                        text -> filter(new JsonObject()
                                .put("exact", new JsonObject().put("/data" + text, "t"))
                                .encode()),
                        "/a/b/0",
                        "/~0~1",
                        "//"),
                Target.of(
                        "pattern", WebhookTargets::pattern, "order.*", "**.paid", "a.**.b.*", "order.paid", "é b.c/d"),
                Target.of(
                        "import",
                        WebhookTargets::imported,
                        "{\"name\":\"n\",\"url\":\"https://a.example\",\"headers\":{\"X-A\":\"v\"},\"events\":[\"entry.create\",\"x\"],"
                                + "\"isEnabled\":true,\"id\":1}",
                        "{\"name\":\"n\",\"url\":\"https://a.example\",\"auth\":{\"user\":\"u\",\"pass\":\"p\"},\"headers\":[{\"k\":\"a\","
                                + "\"v\":\"b\"}],\"events\":[\"collections.save.after\"],\"active\":1}"));
    }

    /** What is taken is the same when it is sent back as it is seen, and as it is stored. */
    private static void form(String text) {
        Webhook webhook = FORMS.all().create("acme", SourceTargets.object(text));
        JsonObject seen = FORMS.all().view(webhook);
        Webhook again = FORMS.all().replace(webhook, new JsonObject(seen.encode()));
        assertThat(FORMS.all().view(again).put("version", 1)).isEqualTo(seen);
        assertThat(CODEC.decode("acme", CODEC.encode(webhook))).isEqualTo(webhook);
    }

    /** The index and the single look agree about it. */
    private static void filter(String text) {
        Object filter = text.startsWith("[") ? array(text) : SourceTargets.object(text);
        Webhook webhook = FORMS.all()
                .create("acme", new JsonObject().put("url", "https://a.example").put("filter", filter));
        JsonObject seen = FORMS.all().view(webhook);
        Webhook again = FORMS.all().patch(webhook, new JsonObject().put("filter", seen.getValue("filter")));
        assertThat(again.subscription()).isEqualTo(webhook.subscription());
        assertThat(WebhookIndex.EMPTY.with(webhook).match(EVENT).size())
                .isEqualTo(Check.matches(webhook, EVENT) ? 1 : 0);
    }

    private static void pattern(String text) {
        if (Patterns.problem(text) != null) {
            return;
        }
        assertThat(Patterns.isWithin(text, text)).isTrue();
        assertThat(Patterns.isWithin(text, "**")).isTrue();
        if (text.indexOf('*') < 0) {
            assertThat(Patterns.matches(text, text)).isTrue();
        }
        Patterns.matches(text, "order.paid." + "a.".repeat(500));
        Webhook webhook = FORMS.all()
                .create("acme", new JsonObject().put("url", "https://a.example").put("eventTypes", JsonArray.of(text)));
        assertThat(WebhookIndex.EMPTY.with(webhook).match(EVENT).size())
                .isEqualTo(Check.matches(webhook, EVENT) ? 1 : 0);
    }

    private static void imported(String text) {
        JsonObject record = SourceTargets.object(text);
        Target.refusable(
                () -> FORMS.all().create("acme", StrapiRecord.read(record).settings()));
        Target.refusable(() -> FORMS.all()
                .create(
                        "acme",
                        CockpitRecord.read(record, type -> type.startsWith("cockpit."))
                                .settings()));
        Target.refusable(() -> StrapiBody.ofCreate(record));
        Target.refusable(() -> StrapiBody.ofUpdate(record, "1"));
    }

    private static JsonArray array(String text) {
        JsonObject object = SourceTargets.object("{\"x\":" + text + "}");
        return object.getValue("x") instanceof JsonArray array ? array : new JsonArray();
    }
}
