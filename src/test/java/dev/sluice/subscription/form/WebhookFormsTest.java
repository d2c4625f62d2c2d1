package dev.sluice.subscription.form;

import static dev.sluice.subscription.form.WebhookBodies.FULL;
import static dev.sluice.subscription.form.WebhookBodies.headers;
import static dev.sluice.subscription.form.WebhookBodies.minimal;
import static dev.sluice.subscription.form.WebhookBodies.pointers;
import static dev.sluice.subscription.form.WebhookBodies.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookFormsTest {
    private final WebhookForms forms =
            new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, InstantSource.fixed(WebhookBodies.NOW));

    @Test
    void needsOnlyAUrl() {
        Webhook webhook = forms.create("acme", new JsonObject().put("url", " https://a.example/hook \n"));

        assertThat(webhook.id()).matches("wh_[0-9a-z]{22}");
        assertThat(webhook.tenant()).isEqualTo("acme");
        assertThat(webhook.version()).isEqualTo(1);
        assertThat(webhook.name()).isEqualTo("a.example");
        assertThat(webhook.target().url()).hasToString("https://a.example/hook");
        assertThat(webhook.enabled()).isTrue();
        assertThat(webhook.subscription().eventTypes()).containsExactly("**");
        assertThat(webhook.shape().body()).isNull();
        assertThat(webhook.pacing().retry()).isNull();
        assertThat(webhook.target().timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(webhook.pacing().maxInFlight()).isEqualTo(16);
        assertThat(webhook.target().keys()).hasSize(1);
        assertThat(webhook.target().keys().get(0).secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(webhook.createdAt()).isEqualTo("2026-11-21T10:00:00.123Z").isEqualTo(webhook.updatedAt());
    }

    @Test
    void keepsEverythingTheUserSays() {
        Webhook webhook = forms.create("acme", new JsonObject(FULL));

        assertThat(webhook.name()).isEqualTo("Deploy site");
        assertThat(webhook.subscription().source()).isEqualTo("cms");
        assertThat(webhook.subscription().eventTypes()).containsExactly("entry.*", "media.create");
        assertThat(webhook.target().headers())
                .containsExactly(new Header("X-Token", "t0ken", true), new Header("X-Site", "12", false));
        assertThat(webhook.target().auth()).isEqualTo(new Auth.Basic("u", "p4ss"));
        assertThat(webhook.shape().body()).isEqualTo(BodyMode.CLOUDEVENTS_BINARY);
        assertThat(webhook.target().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(webhook.pacing().maxInFlight()).isEqualTo(4);
        assertThat(webhook.pacing().retry())
                .isEqualTo(new Pacing.Retry(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), 0.2));
    }

    @Test
    void takesASigningSecretThatTheUserBrings() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        Webhook webhook = forms.create("acme", minimal().put("signing", new JsonObject().put("secret", secret)));

        assertThat(webhook.target().keys()).containsExactly(new SigningKey(secret, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding", "content-type", "ce-id", "CE-Type", "Webhook-Id", "host"})
    void refusesAHeaderThatIsNotForAWebhookToSet(String name) {
        JsonObject header = new JsonObject().put("name", name).put("value", "x");
        assertThat(pointers(minimal().put("headers", new JsonArray().add(header))))
                .isEqualTo("/headers/0/name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /url",
                "{'url':null} | /url",
                "{'url':7} | /url",
                "{'url':'https://a.example','colour':1,'a/b~c':2} | /colour /a~1b~0c",
                "{'url':'https://a.example','filter':{}} | /filter",
                "{'url':'https://a.example','enabled':'yes'} | /enabled",
                "{'url':'https://a.example','name':7} | /name",
                "{'url':'https://a.example','source':' '} | /source",
                "{'url':'https://a.example','tenant':'other'} | /tenant",
                "{'url':'https://a.example','eventTypes':[]} | /eventTypes",
                "{'url':'https://a.example','eventTypes':'a.b'} | /eventTypes",
                "{'url':'https://a.example','eventTypes':['a.b','entry*',7,null,'a..b']}"
                        + " | /eventTypes/1 /eventTypes/2 /eventTypes/3 /eventTypes/4",
                "{'url':'https://a.example','headers':{}} | /headers",
                "{'url':'https://a.example','headers':[7,null]} | /headers/0 /headers/0/name /headers/1 /headers/1/name",
                "{'url':'https://a.example','headers':[{'name':'A'}]} | /headers/0/value",
                "{'url':'https://a.example','headers':[{'value':'a'}]} | /headers/0/name",
                "{'url':'https://a.example','headers':[{'name':'A','value':7,'x':1}]} | /headers/0/x /headers/0/value",
                "{'url':'https://a.example','headers':[{'name':'A','value':'1'},{'name':'a','value':'2'}]}"
                        + " | /headers/1/name",
                "{'url':'https://a.example','headers':[{'name':'A','value':'••••••'}]} | /headers/0/value",
                "{'url':'https://a.example','headers':[{'name':'A','value':'a\\r\\nB: c'}]} | /headers/0/value",
                "{'url':'https://a.example','headers':[{'name':'A','value':'a\\u0000'}]} | /headers/0/value",
                "{'url':'https://a.example','headers':[{'name':'A','value':'\\u2603'}]} | /headers/0/value",
                "{'url':'https://a.example','auth':'basic'} | /auth /auth/username /auth/password",
                "{'url':'https://a.example','auth':{'type':'digest','username':'u','password':'p'}} | /auth/type",
                "{'url':'https://a.example','auth':{'type':'basic'}} | /auth/username /auth/password",
                "{'url':'https://a.example','auth':{'username':'u:v','password':'p'}} | /auth/username",
                "{'url':'https://a.example','auth':{'username':'u','password':'••••••'}} | /auth/password",
                "{'url':'https://a.example','auth':{'username':'u','password':'p'},"
                        + "'headers':[{'name':'Authorization','value':'x'}]} | /headers/0/name",
                "{'url':'https://a.example','body':'xml'} | /body",
                "{'url':'https://a.example','body':'PAYLOAD'} | /body",
                "{'url':'https://a.example','signing':{'algorithm':'md5'}} | /signing/algorithm",
                "{'url':'https://a.example','signing':{'secret':'whsec_c2hvcnQ='}} | /signing/secret",
                "{'url':'https://a.example','signing':{'secret':'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}} | /signing/secret",
                "{'url':'https://a.example','timeoutMs':99} | /timeoutMs",
                "{'url':'https://a.example','timeoutMs':60001} | /timeoutMs",
                "{'url':'https://a.example','timeoutMs':'1000'} | /timeoutMs",
                "{'url':'https://a.example','timeoutMs':1000.5} | /timeoutMs",
                "{'url':'https://a.example','timeoutMs':99999999999999999999999} | /timeoutMs",
                "{'url':'https://a.example','maxInFlight':0} | /maxInFlight",
                "{'url':'https://a.example','maxInFlight':1001} | /maxInFlight",
                "{'url':'https://a.example','retry':{}} | /retry/delaysMs",
                "{'url':'https://a.example','retry':{'delaysMs':[]}} | /retry/delaysMs",
                "{'url':'https://a.example','retry':{'delaysMs':[999,604800001,null,1000],'jitter':1.1}}"
                        + " | /retry/jitter /retry/delaysMs/0 /retry/delaysMs/1 /retry/delaysMs/2",
            })
    void refusesWithAPointerToEachWrongMember(String body, String pointers) {
        assertThat(pointers(new JsonObject(body.replace('\'', '"')))).isEqualTo(pointers);
    }

    @Test
    void reportsAllProblemsAtOnce() {
        JsonObject body = new JsonObject("""
                {"url":"ftp://a","eventTypes":["a","b*"],"headers":[{"name":"A","value":"1"},{"name":"Host","value":"x"}],
                 "auth":{"type":"basic"},"timeoutMs":1,"retry":{"delaysMs":[1]},"nmae":"x"}""");

        Problem problem = refusal(body);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.type()).isEqualTo("invalid-webhook");
        assertThat(problem.detail()).contains("/nmae").contains("(and 7 more)");
        assertThat(problem.errors().stream().map(FieldError::pointer))
                .containsExactlyInAnyOrder(
                        "/nmae",
                        "/url",
                        "/eventTypes/1",
                        "/headers/1/name",
                        "/auth/username",
                        "/auth/password",
                        "/timeoutMs",
                        "/retry/delaysMs/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "connection",
                "Keep-Alive",
                "Proxy-Authorization",
                "TE",
                "trailer",
                "Upgrade",
                "expect",
                "Webhook-Id",
                "webhook-anything",
                "Sluice-Attempt",
                "Content-Type",
                "X Token",
                "X-Tökén",
                "X:",
                "",
            })
    void refusesAHeaderNameThatIsNotTheUsers(String name) {
        JsonArray headers =
                new JsonArray().add(new JsonObject().put("name", name).put("value", "x"));

        assertThat(pointers(minimal().put("headers", headers))).isEqualTo("/headers/0/name");
    }

    @Test
    void refusesTooMuchOfEverything() {
        JsonArray patterns = IntStream.range(0, 201)
                .mapToObj(i -> "a" + i)
                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
        JsonArray headers = IntStream.range(0, 51)
                .mapToObj(i -> new JsonObject().put("name", "X-" + i).put("value", ""))
                .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
        JsonArray delays =
                IntStream.range(0, 31).mapToObj(i -> 5000).collect(JsonArray::new, JsonArray::add, JsonArray::addAll);

        assertThat(pointers(minimal()
                        .put("name", "n".repeat(201))
                        .put("eventTypes", patterns)
                        .put("headers", headers)
                        .put("retry", new JsonObject().put("delaysMs", delays))))
                .isEqualTo("/name /eventTypes /headers /retry/delaysMs");
    }

    @Test
    void showsNoSecret() {
        Webhook webhook = forms.create("acme", new JsonObject(FULL));
        String view = forms.view(webhook).encode();

        assertThat(view)
                .contains("••••••", "X-Token", "\"12\"", "\"u\"")
                .doesNotContain(
                        "t0ken",
                        "p4ss",
                        "whsec_",
                        webhook.target().keys().get(0).secret());
        assertThat(webhook.toString())
                .doesNotContain(
                        "t0ken", "p4ss", webhook.target().keys().get(0).secret().substring(6));
    }
}
