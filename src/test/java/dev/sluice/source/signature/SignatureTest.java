package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Field;
import dev.sluice.http.Problem.FieldError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the examples that the producers themselves publish. */
class SignatureTest {
    private static final String STANDARD = "{'from':'header:webhook-signature','separator':' ','prefix':'v1,',"
            + "'encoding':'base64','secretEncoding':'base64','secretPrefix':'whsec_','timestamp':'header:webhook-timestamp',"
            + "'signed':'{header:webhook-id}.{timestamp}.{body}'}";
    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STANDARD_BODY = "{\"test\": 2432232314}";

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private String now = "2021-02-25T15:02:10Z";
    private String url = "https://a.example/";

    /** docs.github.com, "Validating webhook deliveries", "Testing the webhook payload validation". */
    @Test
    void holdsForTheExampleOfGitHub() {
        headers.add("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        String recipe = "{'from':'header:X-Hub-Signature-256','prefix':'sha256='}";
        assertThat(refusal(recipe, "Hello, World!", "It's a Secret to Everybody"))
                .isNull();
        assertThat(refusal(recipe, "Hello, World?", "It's a Secret to Everybody"))
                .contains("does not match")
                .doesNotContain("Everybody");
    }

    /** docs.slack.dev, "Verifying requests from Slack". */
    @Test
    void holdsForTheExampleOfSlack() {
        now = "2018-07-12T18:36:58Z";
        headers.add("X-Slack-Request-Timestamp", "1531420618")
                .add("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url="
                + "https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        String recipe =
                "{'from':'header:X-Slack-Signature','prefix':'v0=','timestamp':'header:X-Slack-Request-Timestamp',"
                        + "'signed':'v0:{timestamp}:{body}'}";
        assertThat(refusal(recipe, body, "8f742231b10e8888abcd99yyyzzz85a5")).isNull();
    }

    /** Standard Webhooks 1.0.0; the example of its reference libraries. */
    @Test
    void holdsForTheExampleOfStandardWebhooks() {
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET)).isNull();
    }

    /** twilio.com, "Validating Signatures from Twilio", as in its helper libraries. */
    @Test
    void holdsForTheExampleOfTwilio() {
        url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        headers.add("Content-Type", "application/x-www-form-urlencoded")
                .add("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        String recipe = "{'algorithm':'sha1','from':'header:X-Twilio-Signature','encoding':'base64',"
                + "'signed':'{url}{sortedForm}','digest':'query:bodySHA256'}";
        String form =
                "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";
        assertThat(refusal(recipe, form, "12345")).isNull();
        headers.set("Content-Type", "application/json");
        assertThat(refusal(recipe, "{}", "12345")).contains("the body: not signed");
    }

    @Test
    void takesAnyOfSeveralSignaturesAndSecrets() {
        standard("v1a,x v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(refusal(STANDARD, STANDARD_BODY, "whsec_AAAAAAAAAAAAAAAA", STANDARD_SECRET))
                .isNull();
        assertThat(refusal(STANDARD, STANDARD_BODY, "whsec_AAAAAAAAAAAAAAAA")).contains("does not match");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                     | missing",
                "v2,AAAA                                | no signature in it",
                "v1,                                    | does not match",
                "v1,!!                                  | no signature in it",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVl | does not match",
                "v1,G0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | does not match",
            })
    void saysWhichPartIsWrong(String signature, String reason) {
        standard(signature);
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET))
                .contains(reason)
                .doesNotContain("MfKQ9r8");
    }

    @Test
    void refusesOneThatIsGivenTwice() {
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        headers.add("webhook-signature", "v1,AAAA");
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET)).contains("given twice");
    }

    @ParameterizedTest
    @CsvSource({"2021-02-25T15:07:10Z,", "2021-02-25T15:07:11Z,301 s", "2021-02-25T14:57:09Z,301 s"})
    void refusesWhatIsOldOrOfTomorrow(String at, String reason) {
        now = at;
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        String refusal = refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET);
        if (reason == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).contains(reason, "within 300 s");
        }
        headers.remove("webhook-timestamp");
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET)).contains("timestamp: missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | /from",
                "{'from':'nowhere'}                                          | /from",
                "{'from':'header:A','algorithm':'md5'}                       | /algorithm",
                "{'from':'header:A','algorithm':'ed25519'}                   | /algorithm",
                "{'from':'header:A','encoding':'rot13'}                      | /encoding",
                "{'from':'header:A','secretEncoding':'x'}                    | /secretEncoding",
                "{'from':'header:A','signed':'{nonsense}'}                   | /signed",
                "{'from':'header:A','signed':'{body'}                        | /signed",
                "{'from':'header:A','signed':''}                             | /signed",
                "{'from':'header:A','timestamp':'x'}                         | /timestamp",
                "{'from':'header:A','tolerance':'5m'}                        | /tolerance",
                "{'from':'header:A','timestamp':'part:t=','tolerance':'1y'}  | /tolerance",
                "{'from':'header:A','digest':'x'}                            | /digest",
                "{'from':'header:A','separator':7}                           | /separator",
            })
    void refusesARecipeWithUnknownParts(String recipe, String pointer) {
        Field field = Field.root(new JsonObject(recipe.strip().replace('\'', '"')));
        SignatureForm.read(field, SignatureForm.HMAC);
        assertThat(field.errors()).extracting(FieldError::pointer).containsExactly(pointer.strip());
    }

    @Test
    void readsWhatItWrites() {
        Signature signature = read(STANDARD);
        assertThat(read(SignatureForm.write(signature).encode())).isEqualTo(signature);
    }

    private void standard(String signature) {
        headers.set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .set("webhook-timestamp", "1614265330")
                .set("webhook-signature", signature);
    }

    private String refusal(String recipe, String body, String... secrets) {
        Knock knock = new Knock("POST", () -> url, headers, null, null, "127.0.0.1", false, now);
        return read(recipe).refusal(knock, Buffer.buffer(body), new ArrayList<>(List.of(secrets)));
    }

    private static Signature read(String recipe) {
        Field field = Field.root(new JsonObject(recipe.replace('\'', '"')));
        Signature signature = SignatureForm.read(field, SignatureForm.HMAC);
        assertThat(field.errors()).isEmpty();
        return signature;
    }
}
