package dev.sluice.source;

import dev.sluice.source.signature.Algorithm;
import dev.sluice.source.signature.Keys;
import dev.sluice.source.signature.Knock;
import dev.sluice.source.signature.Signature;
import dev.sluice.source.signature.SignatureForm;
import dev.sluice.source.sns.SnsDesk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who signs the body, or something with it.
 *
 * @param keys in force, several while one takes the place of another
 */
public record SignedSender(Signature signature, Keys keys) implements SenderAuth, BodyJudge {
    @Override
    public Entry judge(Knock knock) {
        String header = signature.header();
        return header != null && knock.headers().get(header) == null
                ? new Entry.Closed(List.of(signature.missing()))
                : new Entry.AfterBody(List.of(this), List.of());
    }

    /** What takes long is done by a worker thread. */
    @Override
    public Future<@Nullable String> refusal(Knock knock, Buffer body, SnsDesk sns) {
        return signature.isSlow()
                ? Vertx.currentContext().executeBlocking(() -> signature.refusal(knock, body, keys), false)
                : Future.succeededFuture(signature.refusal(knock, body, keys));
    }

    @Override
    public String expected() {
        return "a signature at " + signature.from().text();
    }

    @Override
    public String type() {
        return signature.type();
    }

    @Override
    public Set<String> credentials() {
        return signature.algorithm() == Algorithm.PLAIN
                ? signature
                        .from()
                        .headers()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public List<String> secrets() {
        return keys.texts();
    }

    @Override
    public Secret secret() {
        return new Secret("secret", new JsonArray(keys.texts()).encode());
    }

    @Override
    public JsonObject open() {
        return SignatureForm.write(signature);
    }

    @Override
    public String toString() {
        return "SignedSender[" + signature.from().text() + ", ***]";
    }
}
