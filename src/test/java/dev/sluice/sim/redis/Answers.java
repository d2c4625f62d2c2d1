package dev.sluice.sim.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.Multi;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Between the model and the client's types. */
public final class Answers {
    private Answers() {}

    /** The words of a request, the command's name first and in capitals; one character for each byte. */
    public static List<String> words(Request request) {
        RequestImpl known = (RequestImpl) request;
        List<String> words = new ArrayList<>(known.getArgs().size() + 1);
        words.add(known.command().toString().toUpperCase(Locale.ROOT));
        for (byte[] word : known.getArgs()) {
            words.add(new String(word, StandardCharsets.ISO_8859_1));
        }
        return words;
    }

    /** Null where Redis answers nil. */
    public static Response of(Object answer) {
        if (answer == null) {
            return null;
        } else if (answer instanceof Long number) {
            return NumberType.create(number);
        } else if (answer instanceof String text) {
            return text.isEmpty()
                    ? BulkType.EMPTY
                    : BulkType.create(Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1)), false);
        } else if (answer instanceof Reply.Status status) {
            return SimpleStringType.create(status.text());
        } else if (answer instanceof Reply.Refusal error) {
            return ErrorType.create(error.message());
        }
        List<?> list = (List<?>) answer;
        if (list.isEmpty()) {
            return MultiType.EMPTY_MULTI;
        }
        Multi multi = MultiType.create(list.size(), false);
        list.forEach(one -> multi.add(of(one)));
        return multi;
    }
}
