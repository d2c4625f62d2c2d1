package dev.sluice.source.recipe;

import dev.sluice.http.Field;
import dev.sluice.source.place.Letter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of a generic source are taken. Immutable.
 *
 * @param each    where the events are, if a request holds several; or null
 * @param forward which headers go on to the receivers
 * @param url     that the producer calls, for signatures of it; null: as the request says
 * @param answer  to what was accepted; null: as of any source
 * @param provider whose file it was made by, or null
 */
public record Recipe(
        @Nullable Each each,
        HeaderChoice forward,
        @Nullable String url,
        List<Handshake> handshakes,
        @Nullable Answer answer,
        @Nullable String provider) {
    /** The whole body is one event, and all headers go on. */
    public static final Recipe PLAIN = new Recipe(null, HeaderChoice.ALL, null, List.of(), null, null);

    private static final int MAX_URL = 4096;
    private static final int MAX_NAME = 64;
    private static final Pattern URL = Pattern.compile("https?://[^\\s/]+[^\\s]*");

    /** Of the source, beside those that every source has. */
    public static final Set<String> MEMBERS =
            Set.of("each", "forwardHeaders", "url", "handshakes", "answer", "provider");

    /** Reads the members of a source; what is wrong is noted in the field. */
    public static Recipe read(Field source) {
        return new Recipe(
                Each.read(source.member("each")),
                HeaderChoice.read(source.member("forwardHeaders")),
                url(source.member("url")),
                Handshake.read(source.member("handshakes")),
                Answer.read(source.member("answer")),
                source.member("provider").text(MAX_NAME));
    }

    private static @Nullable String url(Field field) {
        String url = field.text(MAX_URL);
        if (url != null && !URL.matcher(url).matches()) {
            field.refuse("not a URL (expected: the one that the producer calls, as https://hooks.example.com/v1/…)");
        }
        return url;
    }

    /**
     * The answer to a request that is no event; null if it is one.
     *
     * @param signed whether it was let in
     * @throws dev.sluice.http.ProblemException 400 where a proof is wanted of what is no challenge
     */
    public @Nullable Answer greeting(String method, boolean signed, Letter letter, List<String> secrets) {
        Answer greeting = handshakes.stream()
                .filter(one -> one.method().equals(method) && one.signed() == signed && one.isMet(letter, secrets))
                .map(Handshake::answer)
                .findFirst()
                .orElse(null);
        if (greeting != null) {
            greeting.requireChallenges(letter);
        }
        return greeting;
    }

    /** Whether it tells anybody the HMAC of what he says, with the secret. */
    public boolean isProof() {
        return (answer != null && answer.isProof())
                || handshakes.stream().anyMatch(one -> one.answer().isProof());
    }

    /** As the producer was given it, with the query of this request: it is read, so it must be what was signed. */
    public String url(HttpServerRequest request) {
        String query = request.query();
        if (url != null) {
            int mark = url.indexOf('?');
            return query == null ? url : (mark < 0 ? url : url.substring(0, mark)) + '?' + query;
        }
        MultiMap headers = request.headers();
        String scheme = first(headers.get("x-forwarded-proto"), String.valueOf(request.scheme()));
        String host = first(headers.get("x-forwarded-host"), String.valueOf(request.authority()));
        String path = String.valueOf(request.path());
        return scheme + "://" + host + (query == null ? path : path + '?' + query);
    }

    private static String first(@Nullable String list, String otherwise) {
        int comma = list == null ? -1 : list.indexOf(',');
        return list == null ? otherwise : (comma < 0 ? list : list.substring(0, comma)).strip();
    }

    /** Adds the members; those without a value are absent. */
    public void write(JsonObject source) {
        if (each != null) {
            source.put("each", each.text());
        }
        if (url != null) {
            source.put("url", url);
        }
        if (!handshakes.isEmpty()) {
            source.put(
                    "handshakes",
                    new JsonArray(handshakes.stream().map(Handshake::write).toList()));
        }
        if (answer != null) {
            source.put("answer", answer.write());
        }
        if (provider != null) {
            source.put("provider", provider);
        }
        if (!forward.equals(HeaderChoice.ALL)) {
            source.put("forwardHeaders", forward.write());
        }
    }
}
