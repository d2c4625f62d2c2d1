package dev.sluice.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.JsonText;
import dev.sluice.http.PlainText;
import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.source.BodyJudge;
import dev.sluice.source.Dialects;
import dev.sluice.source.Entry;
import dev.sluice.source.SignedSender;
import dev.sluice.source.Source;
import dev.sluice.source.SourceCodec;
import dev.sluice.source.SourceForms;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.provider.Provider;
import dev.sluice.source.provider.Providers;
import dev.sluice.source.recipe.Each;
import dev.sluice.source.signature.Knock;
import dev.sluice.source.sns.Outside;
import dev.sluice.source.sns.SnsDesk;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.Samples;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What other systems send, and how their sources are described. */
final class SourceTargets {
    private static final String NOW = "2026-11-21T10:00:00.000Z";
    private static final Providers PROVIDERS = Providers.builtIn();
    private static final SourceForms FORMS = new SourceForms(InstantSource.fixed(Instant.parse(NOW)), PROVIDERS);
    private static final SourceCodec CODEC = new SourceCodec(SecretBox.fromKey(SecretBox.newKey(Entropy.SYSTEM)));
    private static final SnsDesk SNS = new SnsDesk(Outside.NONE, Ticker.SYSTEM);
    private static final int MOST_EVENTS = 100;
    private static final Map<String, Source> SOURCES = new ConcurrentHashMap<>();

    private SourceTargets() {}

    static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        Map.of("strapi", "strapi-v5.54.0", "cockpit", "cockpit-v1-0.12.2", "maya", "cockpit-v1-0.12.2")
                .forEach((dialect, folder) -> targets.add(new Target(
                        "dialect-" + dialect,
                        () -> Captures.in(folder).stream()
                                .map(SourceTargets::letter)
                                .toList(),
                        input -> read(Dialects.find(dialect).orElseThrow(), input))));
        targets.add(new Target(
                "dialect-modyo",
                () -> Samples.lines("modyo").stream()
                        .map(body -> letter("x", Map.of(), body.toString()))
                        .toList(),
                input -> read(Dialects.find("modyo").orElseThrow(), input)));
        targets.add(new Target(
                "provider",
                () -> PROVIDERS.all().stream().map(SourceTargets::sample).toList(),
                SourceTargets::knock));
        targets.add(new Target("source-form", () -> Target.bytes(forms()), input -> form(new String(input, UTF_8))));
        targets.add(Target.of(
                "envelope",
                SourceTargets::envelope,
                "{\"event\":\"entry.create\",\"model\":\"article\",\"entry\":{\"id\":1}}",
                "{\"event\":\"collections.save.after\",\"collection\":\"posts\",\"args\":[{\"_id\":\"1\"}]}",
                "{\"event\":\"content.published\",\"entry\":{},\"site\":null}"));
        return targets;
    }

    /** The privacy of the dialect is cut; what is left is JSON again, and cutting it again changes nothing. */
    private static void read(Dialect dialect, byte[] input) {
        Letter letter = Letter.of(input);
        Reading reading = read(dialect, letter, letter.body());
        if (reading instanceof Reading.Kept kept && kept.isJson()) {
            JsonText.of(kept.body()).check();
            assertThat(kept.body().length()).isLessThanOrEqualTo(letter.body().length() + 4096);
            Reading again = read(dialect, letter, kept.body());
            assertThat(again).isInstanceOf(Reading.Kept.class);
            assertThat(((Reading.Kept) again).body()).isEqualTo(kept.body());
        }
    }

    private static Reading read(Dialect dialect, Letter letter, Buffer body) {
        Buffer text = JsonText.of(body).bytes();
        return dialect.read(new Arrival("cms", letter.headers(), text, NOW), dialect.defaultRules());
    }

    /** First line: the provider, and the query. */
    private static void knock(byte[] input) {
        Letter letter = Letter.of(input);
        String[] first = letter.first().split("\\?", 2);
        Source source = source(first[0]);
        if (source == null) {
            return;
        }
        String query = first.length == 1 ? null : first[1];
        Knock knock = new Knock(
                "POST",
                () -> "https://hooks.example.com/v1/sources/any/events" + (query == null ? "" : "?" + query),
                letter.headers(),
                query,
                null,
                "192.0.2.1",
                () -> false,
                false,
                NOW);
        Entry entry = source.auth().judge(knock);
        if (entry instanceof Entry.AfterBody after) {
            after.judges().forEach(judge -> judge(judge, knock, letter.body()));
        }
        Arrival arrival = new Arrival("any", letter.headers(), query, letter.body(), NOW);
        source.recipe()
                .greeting("POST", true, arrival.letter(List.of()), source.auth().secrets());
        Each each = source.recipe().each();
        List<Buffer> events = each == null ? List.of(letter.body()) : each.of(letter.body(), MOST_EVENTS);
        assertThat(events).hasSizeLessThanOrEqualTo(MOST_EVENTS);
        for (Buffer event : events) {
            Arrival one = each == null ? arrival : arrival.of(event, arrival.letter(List.of()));
            Reading reading = source.dialect().read(one, source.rules());
            assertThat(reading.type()).isNotNull();
        }
    }

    /** On this thread, also what is done by another one since it takes long. */
    private static void judge(BodyJudge judge, Knock knock, Buffer body) {
        if (judge instanceof SignedSender signed) {
            assertThat(signed.signature().refusal(knock, body, signed.keys())).isNotEqualTo("");
            return;
        }
        Future<String> refusal = judge.refusal(knock, body, SNS);
        assertThat(refusal.isComplete()).isTrue();
        assertThat(refusal.succeeded() || refusal.cause() instanceof ProblemException)
                .isTrue();
    }

    /** What is taken is the same when it is sent back as it is seen, and as it is stored. */
    private static void form(String text) {
        JsonObject json = object(text);
        Source source = FORMS.create("acme", json);
        JsonObject seen = FORMS.view(source);
        assertThat(FORMS.view(FORMS.patch(source, new JsonObject(seen.encode())))
                        .put("version", 1))
                .isEqualTo(seen);
        assertThat(CODEC.decode(CODEC.encode(source))).isEqualTo(source);
    }

    private static void envelope(String text) {
        JsonObject parts = object(text);
        for (String name : List.of("strapi", "cockpit", "modyo")) {
            Dialect dialect = Dialects.find(name).orElseThrow();
            Target.refusable(() ->
                    JsonText.of(dialect.envelope(parts, Instant.parse(NOW))).check());
        }
    }

    /** As every body of the API is read. */
    static JsonObject object(String text) {
        Buffer body = Buffer.buffer(text);
        JsonText.of(body).check();
        JsonObject object = Json.decodeValue(body) instanceof JsonObject json ? json : new JsonObject();
        PlainText.requireUnicode(object);
        return object;
    }

    private static byte[] letter(Capture capture) {
        List<String> headers = new ArrayList<>();
        capture.headers().forEach(header -> headers.add(header.getKey() + ": " + header.getValue()));
        return ("x\n" + String.join("\n", headers) + "\n\n" + new String(capture.body(), UTF_8)).getBytes(UTF_8);
    }

    private static byte[] letter(String first, Map<String, Object> headers, String body) {
        StringBuilder text = new StringBuilder(first).append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.append('\n').append(body).toString().getBytes(UTF_8);
    }

    /** Null for what is no provider. */
    private static Source source(String provider) {
        return SOURCES.computeIfAbsent(
                provider,
                first -> PROVIDERS.all().stream()
                        .filter(one -> one.name().equals(provider))
                        .findFirst()
                        .map(one -> FORMS.create(null, settings(one)))
                        .orElse(null));
    }

    private static JsonObject settings(Provider provider) {
        return new JsonObject()
                .put("name", "any")
                .put("provider", provider.name())
                .put("secret", provider.sample().getValue("secret", "a-secret-of-some-length"));
    }

    private static byte[] sample(Provider provider) {
        JsonObject sample = provider.sample();
        String query = sample.getString("query");
        return letter(
                provider.name() + (query == null ? "" : "?" + query),
                sample.getJsonObject("headers", new JsonObject()).getMap(),
                sample.getString("body", ""));
    }

    private static String[] forms() {
        Stream<String> ofProviders = PROVIDERS.all().stream()
                .map(provider -> provider.members().mergeIn(settings(provider)).encode());
        Function<String, String> ofCms = dialect -> new JsonObject()
                .put("name", "cms")
                .put("dialect", dialect)
                .put("auth", new JsonObject().put("type", "token").put("token", "a-token-of-some-length"))
                .put(
                        "rules",
                        Dialects.find(dialect).orElseThrow().defaultRules().write())
                .encode();
        return Stream.concat(
                        ofProviders, Stream.of("strapi", "cockpit", "modyo").map(ofCms))
                .toArray(String[]::new);
    }
}
