package dev.sluice.subscription.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookFormsTest {
    private static final String FULL = """
            {"name":"Deploy site","url":"https://ci.example/hook?a=b","enabled":true,"source":"cms",
             "eventTypes":["entry.*","media.create"],
             "headers":[{"name":"X-Token","value":"t0ken","secret":true},{"name":"X-Site","value":"12"}],
             "auth":{"type":"basic","username":"u","password":"p4ss"},
             "body":"cloudevents-binary","signing":{"algorithm":"hmac-sha256"},"timeoutMs":5000,"maxInFlight":4,
             "retry":{"delaysMs":[5000,300000],"jitter":0.2}}""";

    private Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");
    private final WebhookForms forms = new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, () -> now);

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
    @ValueSource(
            strings = {
                "http://localhost:9999/x",
                "HTTPS://a.example",
                "https://a.example:8443/",
                "http://10.0.0.1/",
                "http://[::1]:8080/x",
                "https://a.example/%7Bid%7D?x=1&y=%20",
                "https://xn--mnchen-3ya.example/",
                "http://1.2.3.4.example/",
                "http://a_b.example/",
                "http://_my_host:8080/x",
            })
    void acceptsAUrlThatCanBeReadInOneWay(String url) {
        assertThat(forms.create("acme", minimal().put("url", url)).target().url())
                .hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example:/x, http://a.example/x",
        "http://a.example:, http://a.example",
        "https://[::1]:/, https://[::1]/",
        "http://a_b:?q=:, http://a_b?q=:",
        "https://münchen.example:/, https://xn--mnchen-3ya.example/"
    })
    void readsAnEmptyPortAsNone(String url, String read) {
        assertThat(forms.create("acme", minimal().put("url", url)).target().url())
                .hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding", "content-type", "ce-id", "CE-Type", "Webhook-Id", "host"})
    void refusesAHeaderThatIsNotForAWebhookToSet(String name) {
        JsonObject header = new JsonObject().put("name", name).put("value", "x");
        assertThat(pointers(minimal().put("headers", new JsonArray().add(header))))
                .isEqualTo("/headers/0/name");
    }

    @Test
    void writesAHostOfAnotherScriptAsDnsKnowsIt() {
        assertThat(forms.create("acme", minimal().put("url", "https://münchen.example:8443/grüße"))
                        .target()
                        .url())
                .hasToString("https://xn--mnchen-3ya.example:8443/gr%C3%BC%C3%9Fe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example/hook",
                "/hook",
                "ftp://a.example/",
                "javascript:alert(1)",
                "https://",
                "https:///hook",
                "https://u:p@a.example/",
                "https://u@a.example/",
                "https://a.example/#x",
                "https://a.example#",
                "https://a.example:0/",
                "https://a.example:65536/",
                "https://a.example:99999999999/",
                "https://a.example:x/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "https://a.example.:8443/",
                "http://localhost./",
                "http://127.0.0.256/",
                "http://127.0.0.01/",
                "http://a.0x1/",
                "http://[fe80::1%25eth0]/",
                "http://[::1/",
                "http://a_b.example:0/",
                "http://a_b.example:65536/",
                "http://a_b.example:x/",
                "http://a_b.example./",
                "http://u@a_b.example/",
                "http://a_b.0x1/",
                "http://%31%32%37.0.0.1/",
                "http://a.example\\@b.example/",
                "http://a b/",
                "http://a.example/\u0000",
                "http://a.example/x\r\nHost: b",
            })
    void refusesAUrlThatIsNotOne(String url) {
        assertThat(pointers(minimal().put("url", url))).isEqualTo("/url");
    }

    @Test
    void refusesAnOverlongUrl() {
        assertThat(pointers(minimal().put("url", "https://a.example/" + "x".repeat(4078))))
                .isEmpty();
        assertThat(pointers(minimal().put("url", "https://a.example/" + "x".repeat(4079))))
                .isEqualTo("/url");
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
                "{'url':'https://a.example','signing':{'algorithm':'none'}} | /signing/algorithm",
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

    @Test
    void takesBackWhatItShowed() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        now = now.plusSeconds(5);
        Webhook same = forms.replace(old, forms.view(old).put("state", new JsonObject()));

        assertThat(same)
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(old);
        assertThat(same.version()).isEqualTo(2);
        assertThat(same.updatedAt()).isEqualTo("2026-11-21T10:00:05.123Z");
    }

    @Test
    void replacesWithDefaultsWhatThePutDoesNotSay() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        Webhook replaced = forms.replace(old, minimal());

        assertThat(replaced)
                .usingRecursiveComparison()
                .ignoringFields("id", "version", "target.keys", "createdAt", "updatedAt")
                .isEqualTo(forms.create("acme", minimal()));
        assertThat(replaced.id()).isEqualTo(old.id());
        assertThat(replaced.target().keys()).isEqualTo(old.target().keys());
    }

    @Test
    void keepsAMaskedSecretOfTheSameNameOnly() {
        Webhook old = forms.create("acme", new JsonObject(FULL));

        assertThat(forms.replace(old, headers("{'name':'x-token','value':'••••••'}"))
                        .target()
                        .headers())
                .containsExactly(new Header("x-token", "t0ken", true));
        assertThat(forms.replace(old, headers("{'name':'X-Token','secret':true}"))
                        .target()
                        .headers())
                .containsExactly(new Header("X-Token", "t0ken", true));
        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Other','value':'••••••','secret':true}"))))
                .isEqualTo("/headers/0/value");
        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Site','value':'••••••'}"))))
                .isEqualTo("/headers/0/value");
    }

    @Test
    void doesNotTurnAStoredSecretIntoAReadableHeader() {
        Webhook old = forms.create("acme", new JsonObject(FULL));

        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Token','value':'••••••','secret':false}"))))
                .isEqualTo("/headers/0/value");
        assertThat(pointers(() -> forms.replace(old, headers("{'name':'X-Token','secret':false}"))))
                .isEqualTo("/headers/0/value");
    }

    @Test
    void keepsAMaskedPasswordOfTheSameUserOnly() {
        Webhook old = forms.create("acme", new JsonObject(FULL));

        assertThat(forms.patch(old, json("{'name':'x'}")).target().auth())
                .isEqualTo(old.target().auth());
        assertThat(forms.patch(old, json("{'auth':{'password':'new'}}"))
                        .target()
                        .auth())
                .isEqualTo(new Auth.Basic("u", "new"));
        assertThat(forms.patch(old, json("{'auth':null}")).target().auth()).isNull();
        assertThat(pointers(() -> forms.patch(old, json("{'auth':{'username':'v'}}"))))
                .isEqualTo("/auth/password");
    }

    @Test
    void patchesOnlyWhatThePatchNames() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        Webhook patched = forms.patch(
                old, json("{'name':null,'source':null,'retry':{'jitter':0},'eventTypes':['a'],'enabled':false}"));

        assertThat(patched.name()).isEqualTo("ci.example");
        assertThat(patched.subscription().source()).isNull();
        assertThat(patched.pacing().retry())
                .isEqualTo(new Pacing.Retry(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), 0));
        assertThat(patched.subscription().eventTypes()).containsExactly("a");
        assertThat(patched.enabled()).isFalse();
        assertThat(patched.target().headers()).isEqualTo(old.target().headers());
        assertThat(patched.target().timeout()).isEqualTo(old.target().timeout());
        assertThat(pointers(() -> forms.patch(old, json("{'url':null,'x':1}")))).isEqualTo("/x /url");
    }

    @Test
    void refusesToOverwriteAnotherVersion() {
        Webhook old = forms.create("acme", minimal());

        assertThat(forms.replace(old, minimal().put("version", 1)).version()).isEqualTo(2);
        assertThatThrownBy(() -> forms.replace(old, minimal().put("version", 2)))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().status()).isEqualTo(409);
                    assertThat(thrown.problem().type()).isEqualTo("conflict");
                });
    }

    @Test
    void refusesAnotherIdAndALaterSecret() {
        Webhook old = forms.create("acme", minimal());
        JsonObject body = minimal()
                .put("id", "wh_other")
                .put("tenant", "other")
                .put("signing", new JsonObject().put("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        assertThat(pointers(() -> forms.replace(old, body))).isEqualTo("/tenant /id /signing/secret");
    }

    @Test
    void signsWithBothKeysUntilTheGraceIsOver() {
        Webhook old = forms.create("acme", minimal());
        Webhook rotated = forms.rotate(old, Duration.ofHours(24));
        String first = old.target().keys().get(0).secret();
        String second = rotated.target().keys().get(0).secret();

        assertThat(second).isNotEqualTo(first);
        assertThat(rotated.version()).isEqualTo(2);
        assertThat(rotated.target().keys())
                .containsExactly(
                        new SigningKey(second, null), new SigningKey(first, Instant.parse("2026-11-22T10:00:00.123Z")));
        assertThat(forms.secretView(rotated).encode())
                .isEqualTo("{\"key\":\"%s\",\"previous\":[{\"key\":\"%s\",\"until\":\"2026-11-22T10:00:00.123Z\"}]}"
                        .formatted(second, first));

        now = now.plus(Duration.ofHours(24));
        assertThat(forms.secretView(rotated).getJsonArray("previous")).isEmpty();
        assertThat(forms.replace(rotated, minimal()).target().keys()).containsExactly(new SigningKey(second, null));
    }

    @Test
    void dropsTheOldKeyAtOnceWithoutAGrace() {
        Webhook rotated = forms.rotate(forms.create("acme", minimal()), Duration.ZERO);

        assertThat(rotated.target().keys()).hasSize(1);
        assertThatThrownBy(() -> forms.rotate(rotated, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesARotationWhileManyKeysStillSign() {
        Webhook webhook = forms.create("acme", minimal());
        for (int i = 1; i < SigningKeys.MAX_KEYS; i++) {
            webhook = forms.rotate(webhook, Duration.ofHours(1));
        }
        Webhook full = webhook;

        assertThat(full.target().keys()).hasSize(SigningKeys.MAX_KEYS);
        assertThatThrownBy(() -> forms.rotate(full, Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().type()).isEqualTo("too-many-keys"));
        now = now.plus(Duration.ofHours(1));
        assertThat(forms.rotate(full, Duration.ofHours(1)).target().keys()).hasSize(2);
    }

    @Test
    void keepsTheReasonUntilAPersonEnablesAgain() {
        Webhook disabled = forms.disable(forms.create("acme", minimal()), "answered 410 Gone");

        assertThat(disabled.enabled()).isFalse();
        assertThat(forms.view(disabled).getString("disabledReason")).isEqualTo("answered 410 Gone");
        assertThat(forms.patch(disabled, json("{'name':'x'}")).activity().disabledReason())
                .isEqualTo("answered 410 Gone");

        Webhook enabled = forms.patch(disabled, json("{'enabled':true}"));
        assertThat(enabled.activity().disabledReason()).isNull();
        assertThat(forms.patch(enabled, json("{'enabled':false}")).activity().disabledReason())
                .isNull();
    }

    private static JsonObject minimal() {
        return new JsonObject().put("url", "https://a.example/hook");
    }

    private static JsonObject headers(String header) {
        return minimal().put("headers", new JsonArray().add(json(header)));
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private Problem refusal(JsonObject body) {
        return catchThrowableOfType(ProblemException.class, () -> forms.create("acme", body))
                .problem();
    }

    private String pointers(JsonObject body) {
        return pointers(() -> forms.create("acme", body));
    }

    /** Of what is refused, space separated; empty if nothing is. */
    private static String pointers(Runnable request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, request::run);
        return refused == null
                ? ""
                : refused.problem().errors().stream().map(FieldError::pointer).collect(Collectors.joining(" "));
    }

    @Test
    void readsHowFastAndInWhichOrderItIsFed() {
        Pacing pacing = forms.create(
                        "acme",
                        minimal()
                                .put("rateLimit", json("{'limit':100,'periodMs':60000,'burst':7}"))
                                .put("coalesce", json("{'by':'key','quietMs':2000,'maxWaitMs':9000}")))
                .pacing();

        assertThat(pacing.rateLimit()).isEqualTo(new RateLimit(100, Duration.ofMinutes(1), 7));
        assertThat(pacing.coalesce())
                .isEqualTo(new Coalesce(Coalesce.By.KEY, Duration.ofSeconds(2), Duration.ofSeconds(9)));
        assertThat(forms.create("acme", minimal().put("ordering", "key"))
                        .pacing()
                        .ordering())
                .isEqualTo(Ordering.KEY);
    }

    @Test
    void fillsInWhatARateAndABurstDoNotSay() {
        Pacing pacing = forms.create(
                        "acme",
                        minimal().put("rateLimit", json("{'limit':100}")).put("coalesce", json("{'quietMs':2000}")))
                .pacing();

        assertThat(pacing.rateLimit()).isEqualTo(new RateLimit(100, Duration.ofSeconds(1), 100));
        assertThat(pacing.coalesce())
                .isEqualTo(new Coalesce(Coalesce.By.WEBHOOK, Duration.ofSeconds(2), Duration.ofSeconds(20)));
        assertThat(pacing.ordering()).isEqualTo(Ordering.NONE);
    }

    @Test
    void refusesAPaceThatMakesNoSense() {
        assertThat(pointers(minimal().put("rateLimit", json("{'burst':1}")))).isEqualTo("/rateLimit/limit");
        assertThat(pointers(minimal().put("rateLimit", json("{'limit':0,'periodMs':1,'x':1}"))))
                .isEqualTo("/rateLimit/x /rateLimit/limit /rateLimit/periodMs");
        assertThat(pointers(minimal().put("ordering", "fifo"))).isEqualTo("/ordering");
        assertThat(pointers(minimal().put("coalesce", json("{}")))).isEqualTo("/coalesce/quietMs");
        assertThat(pointers(minimal().put("coalesce", json("{'quietMs':2000,'maxWaitMs':10,'by':'hand'}"))))
                .isEqualTo("/coalesce/by /coalesce/maxWaitMs");
        assertThat(pointers(minimal().put("ordering", "key").put("coalesce", json("{'quietMs':5}"))))
                .isEqualTo("/coalesce");
        assertThat(pointers(minimal().put("paused", 1))).isEqualTo("/paused");
    }

    @Test
    void pausesAndResumesWithoutAnyOtherChange() {
        Webhook old = forms.create("acme", new JsonObject(FULL));
        Webhook paused = forms.pause(old, true);

        assertThat(paused.enabled()).isTrue();
        assertThat(paused.sends()).isFalse();
        assertThat(forms.pause(paused, false))
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(old);
    }
}
