package dev.sluice.source.provider;

import dev.sluice.config.Nearest;
import dev.sluice.event.Event;
import dev.sluice.http.Problem;
import dev.sluice.subscription.form.MergePatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every provider there is: those of the jar, and over them the files of a folder of one's own. Any thread. */
public final class Providers {
    /** The files of {@code conf/providers}. */
    static final List<String> NAMES = List.of(
            "adyen",
            "alertmanager",
            "aws-sns",
            "bigcommerce",
            "bitbucket",
            "cloudevents",
            "contentful",
            "datocms",
            "directus",
            "discord",
            "docker-hub",
            "docker-registry",
            "dropbox",
            "event-grid",
            "ghost",
            "gitea",
            "github",
            "gitlab",
            "gitlab-signed",
            "grafana",
            "hubspot",
            "hygraph",
            "intercom",
            "jira",
            "linear",
            "mailgun",
            "meta",
            "microsoft-graph",
            "paddle",
            "pagerduty",
            "payload",
            "postmark",
            "prismic",
            "sanity",
            "sendgrid",
            "sentry",
            "shopify",
            "slack",
            "square",
            "standard-webhooks",
            "storyblok",
            "stripe",
            "svix",
            "telegram",
            "twilio",
            "vercel",
            "woocommerce",
            "wordpress",
            "zoom");

    private static final String PROVIDER = "provider";
    private static final String SECRET = "secret";
    private static final String AUTH = "auth";
    private static final String END = ".yaml";
    /** The member of an {@code auth} that holds its secret, by its type. */
    private static final Map<String, String> SECRETS = Map.of(
            "token",
            "token",
            "basic",
            "password",
            "header",
            "value",
            "hmac",
            SECRET,
            "signature",
            SECRET,
            "field",
            SECRET,
            "url",
            SECRET,
            "sns",
            "topics");

    private final Map<String, Provider> own;
    /** Those of the jar that somebody asked for: most pods need none. */
    private final Map<String, Provider> read = new ConcurrentHashMap<>();

    private Providers(Map<String, Provider> own) {
        this.own = own;
    }

    public static Providers builtIn() {
        return new Providers(Map.of());
    }

    /**
     * Those of the jar too. Reads files.
     *
     * @param folder of files of one's own
     * @throws IllegalArgumentException for a file that is none; the message says which, and where
     */
    public static Providers of(Path folder) {
        Map<String, Provider> own = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = String.valueOf(file.getFileName()).replace(END, "");
            own.put(name, ProviderReader.read(name, text(file)));
        }
        return new Providers(own);
    }

    private static String ofJar(String name) {
        String resource = "conf/providers/%s%s".formatted(name, END);
        try (InputStream in = Providers.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("provider: %s (expected: a file in the jar)".formatted(resource));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(END)).sorted().toList();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "data.providersDir: %s cannot be read (expected: a folder)".formatted(folder));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("data.providersDir: %s cannot be read".formatted(file));
        }
    }

    /** Ordered by name. May read some fifty files: not for an event loop. */
    public List<Provider> all() {
        return names().stream().flatMap(name -> Stream.ofNullable(find(name))).toList();
    }

    /** Those of one's own. */
    public List<Provider> own() {
        return List.copyOf(own.values());
    }

    private SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(NAMES);
        names.addAll(own.keySet());
        return names;
    }

    private @Nullable Provider find(String name) {
        Provider mine = own.get(name);
        return mine != null || !NAMES.contains(name)
                ? mine
                : read.computeIfAbsent(name, first -> ProviderReader.read(name, ofJar(name)));
    }

    /**
     * What a user says of a new source, with what its provider's file says for it, and the one secret wherever one is
     * needed. Without a provider, and without a secret, it stays as it is.
     *
     * @throws dev.sluice.http.ProblemException 400 {@code invalid-source} for a provider that is not known
     */
    public JsonObject expanded(JsonObject said) {
        Provider provider = provider(said);
        JsonObject whole = said;
        if (provider != null) {
            JsonObject base = provider.members().copy();
            if (!base.containsKey("dialect")) {
                base.put("dialect", Event.GENERIC);
            }
            whole = MergePatch.apply(base, said);
        }
        Object secret = said.getValue(SECRET);
        if (provider == null && secret == null) {
            return whole;
        }
        JsonObject expanded = whole.copy();
        expanded.remove(SECRET);
        return secret == null ? expanded : withSecret(expanded, secret);
    }

    private @Nullable Provider provider(JsonObject said) {
        Object name = said.getValue(PROVIDER);
        if (name == null) {
            return null;
        }
        Provider provider = find(name.toString());
        if (provider == null) {
            String near = Nearest.guess(name.toString(), names())
                    .map("; nearest: %s"::formatted)
                    .orElse("");
            String detail = "not known (expected: one that GET /v1/providers lists%s)".formatted(near);
            throw Problem.of(400, "invalid-source", "The source is not valid", "/provider: " + detail)
                    .withErrors(List.of(new Problem.FieldError("/provider", detail)))
                    .asException();
        }
        return provider;
    }

    private static JsonObject withSecret(JsonObject source, Object secret) {
        Object auth = source.getValue(AUTH);
        if (auth instanceof JsonArray all) {
            JsonArray filled = new JsonArray();
            all.forEach(one -> filled.add(one instanceof JsonObject kind ? withSecretOf(kind, secret) : one));
            return source.put(AUTH, filled);
        }
        return auth instanceof JsonObject kind ? source.put(AUTH, withSecretOf(kind, secret)) : source;
    }

    private static JsonObject withSecretOf(JsonObject auth, Object secret) {
        String member = SECRETS.get(String.valueOf(auth.getValue("type")));
        return member == null ? auth : auth.copy().put(member, secret);
    }
}
