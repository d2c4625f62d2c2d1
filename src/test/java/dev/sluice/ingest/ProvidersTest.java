package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Provider;
import dev.sluice.source.provider.Providers;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RawHttp.Response;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each provider's file against a request of it, at a gateway that knows no key. */
class ProvidersTest {
    private static final Providers PROVIDERS = Providers.builtIn();
    private static final SourceForms FORMS = new SourceForms(InstantSource.system(), PROVIDERS);

    private Instant now = Instant.parse("2026-11-21T09:14:10Z");
    private final IngestServer server = IngestServer.locked(() -> now);

    @AfterEach
    void close() {
        server.close();
    }

    static List<Provider> providers() {
        return PROVIDERS.all();
    }

    @Test
    void namesEachFile() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf", "providers"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            PROVIDERS.all().stream().map(Provider::name).toList());
        }
        FORMS.requireValid(PROVIDERS.all());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void takesTheSampleAsItCameAndNoOther(Provider provider) {
        JsonObject sample = provider.sample();
        now = Instant.parse(sample.getString("at"));
        server.outside = url -> Future.succeededFuture(SnsTest.certificate());
        make(provider);

        Response taken = send(sample, sample.getString("body"));
        assertThat(taken.status()).as(taken.body()).isBetween(200, 299);
        int events = sample.getInteger("events", 1);
        assertThat(server.journal.drafts()).hasSize(events);
        assertThat(server.journal.drafts().get(0).attributes().get(Attributes.TYPE))
                .isEqualTo(sample.getString("type"));
        if (!provider.members().containsKey("each")) {
            assertThat(server.journal.only().data()).hasToString(sample.getString("body"));
        }

        Response altered = send(altered(provider), altered(provider).getString("body"));
        assertThat(altered.status()).as(altered.body()).isEqualTo(401);
        assertThat(server.journal.drafts()).hasSize(events);

        Response unknown = send(new JsonObject().put("headers", unsigned(sample)), sample.getString("body"));
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(401);
        assertThat(unknown.body()).doesNotContain(sample.getString("secret"));
        assertThat(server.journal.drafts()).hasSize(events);
    }

    @Test
    void theTableOfTheDocumentationIsThatOfTheFiles() throws IOException {
        String page = Files.readString(Path.of("src", "docs", "producers.md"));
        assertThat(page.lines().filter(line -> line.matches("\\| `[a-z0-9-]+` \\| \\[.*")))
                .containsExactlyElementsOf(
                        PROVIDERS.all().stream().map(ProvidersTest::row).toList());
    }

    @Test
    void theDocumentationSaysOfEachWhatItWasCheckedAgainst() throws IOException {
        String page = Files.readString(Path.of("src", "docs", "producers.md"));
        String checked = page.substring(page.indexOf("## What the recipes rest on"), page.indexOf("## As it came"));
        List<String> named = Pattern.compile("`([a-z0-9-]+)`")
                .matcher(checked)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        PROVIDERS.all().stream().map(Provider::name).toList());
    }

    @Test
    void theReadmeNamesEachOnce() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("| | `provider` |"), readme.indexOf("## How it flows"));
        List<String> named = Pattern.compile("`([a-z0-9-]+)`")
                .matcher(section.substring(section.indexOf("|---|")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        PROVIDERS.all().stream().map(Provider::name).toList());
    }

    private static String row(Provider provider) {
        JsonObject members = provider.members();
        JsonArray auths =
                members.getValue("auth") instanceof JsonArray all ? all : new JsonArray().add(members.getValue("auth"));
        String kinds =
                auths.stream().map(auth -> kind((JsonObject) auth)).distinct().collect(Collectors.joining(", "));
        Map<String, String> words = Map.of("handshakes", "handshake", "each", "split", "answer", "answer");
        String also = Stream.of("handshakes", "each", "answer")
                .filter(members::containsKey)
                .map(words::get)
                .collect(Collectors.joining(", "));
        return "| `%s` | [%s](%s) | %s | %s |"
                .formatted(
                        provider.name(),
                        provider.title(),
                        provider.documentation().get(0),
                        kinds,
                        also);
    }

    private static String kind(JsonObject auth) {
        return switch (auth.getString("type")) {
            case "hmac" -> "HMAC " + auth.getString("algorithm");
            case "signature" -> auth.getString("algorithm").equals("ed25519") ? "Ed25519" : "ECDSA";
            case "header" -> "secret in a header";
            case "field" -> "secret in the body";
            case "url" -> "secret in the URL";
            case "sns" -> "certificate";
            default -> auth.getString("type");
        };
    }

    @ParameterizedTest
    @MethodSource("providers")
    void saysHowToSetItUpAndWhereThatIsWritten(Provider provider) {
        assertThat(provider.documentation()).isNotEmpty().allMatch(url -> url.startsWith("https://"));
        assertThat(provider.setup()).endsWith(".").contains("URL");
        assertThat(provider.secret()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void saysThatInSpanishToo(Provider provider) {
        JsonObject spanish = provider.view().getJsonObject("translations").getJsonObject("es");
        assertThat(spanish.getString("setup")).endsWith(".").contains("URL").isNotEqualTo(provider.setup());
        assertThat(spanish.getString("secret")).isNotBlank();
    }

    /** These send again whatever was answered otherwise, as their documentation has it. */
    @ParameterizedTest
    @ValueSource(strings = {"linear", "mailgun", "paddle", "postmark", "prismic"})
    void answers200WhereNothingElseIsTakenForSuccess(String name) {
        Provider provider = named(name);
        now = Instant.parse(provider.sample().getString("at"));
        make(provider);
        assertThat(send(provider.sample(), provider.sample().getString("body")).status())
                .isEqualTo(200);
    }

    /** Its delivery ID is made of the webhook and the second: two orders of one second have the same. */
    @Test
    void keepsBothOrdersThatWooCommerceSendsInOneSecond() {
        Provider provider = named("woocommerce");
        now = Instant.parse(provider.sample().getString("at"));
        make(provider);
        send(provider.sample(), provider.sample().getString("body"));
        Draft order = server.journal.only();
        assertThat(order.identity()).isNull();
        assertThat(order.attributes().get("delivery")).isEqualTo("d1");
    }

    /** Of a subaccount: its own key signs, and that of its parent beside it. */
    @Test
    void takesWhatMailgunSignsWithTheKeyOfTheParent() {
        JsonObject sample = named("mailgun").sample();
        now = Instant.parse(sample.getString("at"));
        make(named("mailgun"));
        String own = "\"signature\":\"%s\",\"parent-signature\":\"".formatted("0".repeat(64));
        String body = sample.getString("body").replace("\"signature\":\"c98", own + "c98");
        assertThat(body).isNotEqualTo(sample.getString("body"));
        assertThat(send(sample, body).status()).isEqualTo(200);
        assertThat(send(sample, body.replace("c98", "c99")).status()).isEqualTo(401);
    }

    private static Provider named(String name) {
        return PROVIDERS.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void make(Provider provider) {
        JsonObject sample = provider.sample();
        JsonObject said = new JsonObject()
                .put("name", "any")
                .put("provider", provider.name())
                .put("secret", sample.getString("secret"));
        if (sample.containsKey("url")) {
            said.put("url", sample.getString("url"));
        }
        server.sources.save(FORMS.create(null, said));
    }

    /** By somebody who read a request of it, and keeps what let that in, unless it is the secret itself. */
    private static JsonObject altered(Provider provider) {
        JsonObject sample = provider.sample().copy();
        String secret = sample.getString("secret");
        String body = sample.getString("body");
        Set<String> partly = Set.of("adyen", "mailgun"); // sign some members of it
        if (partly.contains(provider.name())) {
            return sample.put(
                    "body", body.replace("TestPayment", "OtherPayment").replace("\"tok\"", "\"kot\""));
        }
        boolean isForm = sample.getJsonObject("headers").encode().contains("form-urlencoded");
        boolean isSigned = provider.members().encode().matches(".*\"type\":\"(hmac|signature)\".*")
                && !sample.encode()
                        .replace("\"secret\":\"%s\"".formatted(secret), "")
                        .contains(secret);
        JsonObject changed = isSigned
                ? sample.put("body", isForm ? body + "&Digits=9" : body.stripTrailing() + " ")
                : new JsonObject(sample.encode().replace(secret, "another-secret-of-some-length"))
                        .put("secret", secret);
        JsonObject headers = changed.getJsonObject("headers");
        String basic = headers.getString("Authorization", "");
        return basic.startsWith("Basic ")
                ? changed.put("headers", headers.put("Authorization", basic + "AAAA"))
                : changed;
    }

    /** As of somebody who knows everything but the secret. */
    private static JsonObject unsigned(JsonObject sample) {
        JsonObject headers = sample.getJsonObject("headers").copy();
        List.copyOf(headers.fieldNames()).stream()
                .filter(name -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    return lower.contains("signature")
                            || lower.contains("hmac")
                            || lower.contains("token")
                            || lower.equals("authorization");
                })
                .forEach(headers::remove);
        return headers;
    }

    private Response send(JsonObject request, String body) {
        boolean isSigned = request.containsKey("secret");
        String sent = isSigned
                ? body
                : body.replace("secret", "guess")
                        .replace("graph-client-state", "guess")
                        .replace("Signature\":\"", "Signature\":\"A")
                        .replace("hmacSignature\":\"", "hmacSignature\":\"A")
                        .replace("signature\":\"", "signature\":\"0");
        StringBuilder headers = new StringBuilder();
        request.getJsonObject("headers")
                .forEach(header -> headers.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n"));
        String query = request.containsKey("query") ? "?" + request.getString("query") : "";
        try (RawHttp http = server.connect()) {
            return http.post("/v1/sources/any/events" + request.getString("path", "") + query, headers.toString(), sent)
                    .read();
        }
    }
}
