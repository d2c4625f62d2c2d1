package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Field;
import dev.sluice.http.Problem.FieldError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the examples that the producers themselves publish. */
class SignatureTest {
    private static final String STANDARD = "{'from':'header:webhook-signature','separator':' ','prefix':'v1,',"
            + "'encoding':'base64','secretEncoding':'base64','secretPrefix':'whsec_','timestamp':'header:webhook-timestamp',"
            + "'signed':'{header:webhook-id}.{timestamp}.{body}'}";
    private static final String TWILIO = "{'algorithm':'sha1','from':'header:X-Twilio-Signature','encoding':'base64',"
            + "'signed':'{url}{sortedForm}','digest':'query:bodySHA256'}";
    private static final String TWILIO_FORM =
            "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";
    private static final String RSA = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2Az4vY4FEwUWjOp2bRgV
            v3B+fsDMnM8Iw0a9tg1GhJQG904x9Rahm5HEp7mhcbB7txFR4+3X39bcuxQP2H+Y
            6gvlKw2BSegcI6AbwpaaOiJQ074/tQiiqUpr36sQsENTZC0WoVT58CjWCPfZHGe4
            lthl6UesRp5+lqAs6omNJ7GHTZm426+tYzOE1n7VdeNaGInK6Y2Q4nUCjD3m2L9P
            VefmA096qXnBB/74orueARP12oUiUIZVLBAa42+F5+BaEpXAibSS7V8IhjxgHYHG
            Rzl/cKloTEFad5XwA5MgS+DG2uq6f3IWfKe9XVzxruy+I4zTT/lywSPbnLW+E7e2
            bwIDAQAB
            -----END PUBLIC KEY-----
            """;
    private static final String EC = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEc1Z9WuApD19oQr47eMBpUtTivrzW
            TJ82GsDNDJ5qVRiHqixek379xiF5XvykFwHDGkC3OacQHSi433KJ98DSWw==
            -----END PUBLIC KEY-----
            """;
    private static final String ED25519 = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAKFNc1IK/GQg48LZ6VZVUJ0BphCGaF2+TY42p1NMcRzI=
            -----END PUBLIC KEY-----
            """;
    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STANDARD_BODY = "{\"test\": 2432232314}";

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private boolean isProved;
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
        assertThat(refusal(TWILIO, TWILIO_FORM, "12345")).isNull();
        headers.set("Content-Type", "application/json");
        assertThat(refusal(TWILIO, "{}", "12345")).contains("the body: not signed");
    }

    /** As twilio-node and twilio-python sign what their users test with: the values of a name in their order, each once. */
    @Test
    void signsEachValueOfAFieldThatIsGivenTwice() {
        headers.add("Content-Type", "application/x-www-form-urlencoded")
                .add("X-Twilio-Signature", "pyr76fDqZ1Z2mAVXIfPPa9I6ojo=");
        assertThat(refusal(TWILIO, "Digits=1&MediaUrl=b&MediaUrl=a&MediaUrl=b", "12345"))
                .isNull();
        assertThat(refusal(TWILIO, "Digits=1&MediaUrl=b&MediaUrl=a&MediaUrl=c", "12345"))
                .contains("does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&Digits=9", "&Other=9", "&=", "&=x", "&%FF=", "&Digits=%FF"})
    void refusesAFormToWhichSomethingWasAppended(String more) {
        url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        headers.add("Content-Type", "application/x-www-form-urlencoded")
                .add("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assertThat(refusal(TWILIO, TWILIO_FORM + more, "12345")).isNotNull();
    }

    /** Its files and the heads of its parts are in no signature of sorted fields. */
    @Test
    void refusesAFormThatMayHoldFilesWhereItsFieldsAreSigned() {
        url = "https://a.example/";
        headers.add("Content-Type", "multipart/form-data; boundary=x").add("X-Twilio-Signature", "AAAA");
        String form = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--";
        assertThat(refusal(TWILIO, form, "12345")).contains("multipart");
    }

    /** Whoever asks a source for a proof gets an HMAC with its secret. */
    @Test
    void letsNoProofInAsASignature() {
        headers.add("X-Sig", "402211dcfc55f3dbf018193b0232703e6cc586327e00dc110a33b79dceb7018c");
        assertThat(refusal("{'from':'header:X-Sig'}", "a-challenge", "s")).isNull();
        isProved = true;
        assertThat(refusal("{'from':'header:X-Sig'}", "a-challenge", "s")).contains("could be a challenge");
        headers.set("X-Sig", "37beaf650f70b40ec9706929c2e9d835cbd63729988f48781e6383a147215f07");
        assertThat(refusal("{'from':'header:X-Sig'}", "{\"a\":1}", "s")).isNull();
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

    /** Of the headers that are signed too, since a receiver may read the other line. */
    @ParameterizedTest
    @ValueSource(strings = {"webhook-signature", "webhook-id", "Webhook-Timestamp"})
    void refusesOneThatIsGivenTwice(String name) {
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        headers.add(name, "another");
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

    /** With openssl dgst and pkeyutl; the secret is {@code s}, or a key that openssl made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hmac | sha1 | base64 | +pC7tGVH97xrTK0fO0dboI+s/qY=",
                "hmac | sha1 | hex | fa90bbb46547f7bc6b4cad1f3b475ba08facfea6",
                "hmac | sha256 | base64 | N76vZQ9wtA7JcGkpwunYNcvWNymYj0h4HmODoUchXwc=",
                "hmac | sha256 | hex | 37beaf650f70b40ec9706929c2e9d835cbd63729988f48781e6383a147215f07",
                "hmac | sha384 | base64 | DMSaNDQXlN0gXWj0/tZCywkOIptNXgHU9w0G1/XfzKVSksaphMp/MPYVqKNBYr9W",
                "hmac | sha384 | hex | 0cc49a34341794dd205d68f4fed642cb090e229b4d5e01d4f70d06d7f5dfcca55292c6a984ca7f30f615a8a34162bf56",
                "hmac | sha512 | base64 | B9+DHmMpaSsciudmnpFiWYJS8bkMUOTEnr/0nhcJhv5R5g41WoJ8UQpXYBbpWi4xLuCsUPEmcm/unagprMZR3Q==",
                "hmac | sha512 | hex | 07df831e6329692b1c8ae7669e9162598252f1b90c50e4c49ebff49e170986fe51e60e355a827c510a576016e95a2e312ee0ac50f126726fee9da829acc651dd",
                "hmac | sha512 | base64url | B9-DHmMpaSsciudmnpFiWYJS8bkMUOTEnr_0nhcJhv5R5g41WoJ8UQpXYBbpWi4xLuCsUPEmcm_unagprMZR3Q==",
                "signature | rsa-sha256 | base64 | igtbs0E1tpiHLt5gtw+UTlQTQ+9gaLYlUtopBpIXg85lnyICd+WLsGnDwdqT/H3Ry7RiwnjJo2+NYgGEG9Bn111w54geV3GkuqHVi92bJKiWod5pJBUmmkyqizL+Qz5T+cEfHyMrJToKEhrQANxbQLXmCpkbFVsE0rcU6ND4mEl77gcq339w2Bkvvdaw4vQFEUVOAbDZYtqhwgsELLJ3b1YH9Skl1cRamU1ZMjwlouaYxmZd2gIHwU99aNpL2gCfUCiNj9XZ+0sAr57olT8iueK4Be5RH4cKStedQhcdlz6eBG2YkiJZsvjRnKjVJ7eX4MBgSSQvdCFjBgyvOE5Szw==",
                "signature | rsa-sha1 | base64 | hudJ8ghTXNu9jf7nw1k6rjgc8hvvHMopFP1KzLyNaeZO7if9BhZ7Nu4DMQhplc1I9bJ+ZrBpbJKF+AuQvEYXUqncSmLIFQHBKmSA0w1H1hrpYdQfu6qaYXNZIarJvJeCBUDI0+mhB5n3q2Pi5iBMsdCgTphdmPCyndVpynIoc0WQuSw9wPXtHfZ0fbPQDeyF6401/VIUJwlaWd7SztXXvZcOHW8XH8A191FQQ3yPuaPefyAA7Q10DJgv3GuwSIfJyKuKCzqQr+yXp/yQe3kIffn9QgmQzAt661RkAeKInzijW5Rz7nHxzahg0YEkCUvZA7t5Dl+jzMakM2yEE+jLsg==",
                "signature | ecdsa-sha256 | base64 | MEYCIQCcdyuhnyoujfEDLBJQgsNZecH2rTw3aEJpzXnrM7VHXAIhAKUESgHnY+JtLy3a667YdYrRa4PdBGutyBBe0y5RUVde",
                "signature | ed25519 | hex | 4ec0523495dc3f1a2ac207fe8983616ee39353a4411ac43a6a4f170a7832488f9d963a7ff5c9b1fa538ad354a2ba071a3b02bbc5fdae4be66c8af26c1f620003",
            })
    void holdsForWhatOpensslSigns(String type, String algorithm, String encoding, String signature) {
        headers.add("X-Sig", signature);
        Signature recipe =
                read("{'algorithm':'%s','from':'header:X-Sig','encoding':'%s'}".formatted(algorithm, encoding), type);
        for (String key : keys(algorithm)) {
            assertThat(refusal(recipe, "{\"a\":1}", key)).isNull();
            assertThat(refusal(recipe, "{\"a\":2}", key)).contains("does not match");
        }
        String cut = signature.substring(0, signature.length() - 4);
        headers.set("X-Sig", cut);
        assertThat(refusal(recipe, "{\"a\":1}", keys(algorithm).get(0))).isNotNull();
    }

    /** In lines, and without them. */
    private static List<String> keys(String algorithm) {
        String pem = algorithm.startsWith("rsa") ? RSA : algorithm.startsWith("ecdsa") ? EC : ED25519;
        return algorithm.startsWith("sha") ? List.of("s") : List.of(pem, pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "AAAA", "", "%%%"})
    void saysThatAKeyIsNone(String key) {
        Signature recipe = read("{'algorithm':'rsa-sha256','from':'header:A'}", SignatureForm.SIGNATURE);
        assertThat(recipe.problem(key)).contains("not a key (expected: one for rsa-sha256, as base64)");
        assertThat(recipe.problem(EC)).as("of another algorithm").isNotNull();
        assertThat(recipe.problem(RSA)).isNull();
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
                "{'from':'header:A','timestamp':'part:t=','tolerance':'1y','signed':'{timestamp}{body}'} | /tolerance",
                "{'from':'header:A','digest':'x'}                            | /digest",
                "{'from':'header:A','timestamp':'header:B'}                  | /timestamp",
                "{'from':'header:A','timestamp':'part:t='}                   | /timestamp",
                "{'from':'header:A','timestamp':'header:B','signed':'{{timestamp}}{body}'} | /timestamp",
                "{'from':'header:A','timestamp':'/t','signed':'{header:B}'}  | /timestamp",
                "{'from':'header:A','digest':'header:B'}                     | /digest",
                "{'from':'header:A','digest':'query:d','signed':'{sortedForm}'} | /digest",
                "{'from':'header:A','separator':7}                           | /separator",
            })
    void refusesARecipeWithUnknownParts(String recipe, String pointer) {
        Field field = Field.root(new JsonObject(recipe.strip().replace('\'', '"')));
        SignatureForm.read(field, SignatureForm.HMAC);
        assertThat(field.errors()).extracting(FieldError::pointer).containsExactly(pointer.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'from':'header:A','timestamp':'/t'}",
                "{'from':'header:A','timestamp':'header:B','signed':'{header:B}{body}'}",
                "{'from':'header:A','timestamp':'query:t','signed':'{path}{body}'}",
                "{'from':'header:A','timestamp':['/t','/u'],'signed':'{bodySha256}'}",
            })
    void takesATimestampThatIsSignedWithTheRest(String recipe) {
        assertThat(read(recipe).dated()).isNotNull();
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
        return refusal(read(recipe), body, secrets);
    }

    private String refusal(Signature signature, String body, String... secrets) {
        Knock knock = new Knock("POST", () -> url, headers, null, null, "127.0.0.1", () -> isProved, false, now);
        return signature.refusal(knock, Buffer.buffer(body), signature.keys(List.of(secrets)));
    }

    private static Signature read(String recipe) {
        return read(recipe, SignatureForm.HMAC);
    }

    private static Signature read(String recipe, String type) {
        Field field = Field.root(new JsonObject(recipe.replace('\'', '"')));
        Signature signature = SignatureForm.read(field, type);
        assertThat(field.errors()).isEmpty();
        return signature;
    }
}
