package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Field;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A request that a recipe is held against. */
abstract class SignatureHarness {
    static final String STANDARD = "{'from':'header:webhook-signature','separator':' ','prefix':'v1,',"
            + "'encoding':'base64','secretEncoding':'base64','secretPrefix':'whsec_','timestamp':'header:webhook-timestamp',"
            + "'signed':'{header:webhook-id}.{timestamp}.{body}'}";

    static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String STANDARD_BODY = "{\"test\": 2432232314}";

    final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    boolean isProved;
    String now = "2021-02-25T15:02:10Z";
    String url = "https://a.example/";

    void standard(String signature) {
        headers.set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .set("webhook-timestamp", "1614265330")
                .set("webhook-signature", signature);
    }

    String refusal(String recipe, String body, String... secrets) {
        return refusal(read(recipe), body, secrets);
    }

    String refusal(Signature signature, String body, String... secrets) {
        Knock knock = new Knock("POST", () -> url, headers, null, null, "127.0.0.1", () -> isProved, false, now);
        return signature.refusal(knock, Buffer.buffer(body), signature.keys(List.of(secrets)));
    }

    static Signature read(String recipe) {
        return read(recipe, SignatureForm.HMAC);
    }

    static Signature read(String recipe, String type) {
        Field field = Field.root(new JsonObject(recipe.replace('\'', '"')));
        Signature signature = SignatureForm.read(field, type);
        assertThat(field.errors()).isEmpty();
        return signature;
    }
}
