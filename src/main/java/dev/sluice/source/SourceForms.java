package dev.sluice.source;

import dev.sluice.http.ProblemException;
import dev.sluice.source.provider.Provider;
import dev.sluice.source.provider.Providers;
import dev.sluice.subscription.form.HeadersForm;
import dev.sluice.subscription.form.MergePatch;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between what users send and see, and sources. Any thread.
 *
 * <p>Secrets are seen masked; the mask sent back, or no value, stands for the stored secret of the same place. What Sluice
 * alone decides ({@code version}, {@code createdAt}, {@code updatedAt}, {@code origin}, {@code path}, {@code seen}) may be
 * sent back and is ignored; {@code name} and {@code tenant} must be the source's own.
 *
 * <p>Methods that take JSON throw {@link ProblemException} 400 {@code invalid-source} with a pointer to each wrong member.
 */
public final class SourceForms {
    private final InstantSource clock;
    private final Providers providers;

    public SourceForms(InstantSource clock, Providers providers) {
        this.clock = clock;
        this.providers = providers;
    }

    /**
     * Makes a source of each of these providers, to see that it can be.
     *
     * @throws IllegalArgumentException for one that cannot; the message says which, and what is wrong with it
     */
    public void requireValid(List<Provider> checked) {
        for (Provider provider : checked) {
            JsonObject source = new JsonObject()
                    .put("name", "any")
                    .put("provider", provider.name())
                    .put("secret", provider.sample().getString("secret", "a-secret-of-some-length"));
            try {
                create(null, source);
            } catch (ProblemException wrong) {
                throw new IllegalArgumentException("providers/%s.yaml: %s"
                        .formatted(provider.name(), wrong.problem().detail()));
            }
        }
    }

    /** A new source, version 1. */
    public Source create(@Nullable String tenant, JsonObject body) {
        Instant now = now();
        JsonObject whole = providers.expanded(body);
        SourceForm form = OneSecret.read(body, () -> SourceForm.read(whole, tenant, null));
        return source(form, tenant, 1, now, now);
    }

    /**
     * Changes only what the patch names (RFC 7396): null resets a member, an array is replaced whole. Another dialect
     * brings its own rules, unless the patch has some; nothing is left of an {@code auth} of another type.
     */
    public Source patch(Source old, JsonObject mergePatch) {
        JsonObject said = mergePatch;
        JsonObject former = view(old);
        mergePatch = patched(former, mergePatch);
        Object dialect = mergePatch.getValue("dialect");
        if (dialect != null && !dialect.equals(old.dialect().name())) {
            former.remove("rules");
        }
        boolean isList = mergePatch.getValue("auth") instanceof JsonObject && old.auth() instanceof OtherSenders.AnyOf;
        boolean isOtherAuth = isList
                || (mergePatch.getValue("auth") instanceof JsonObject auth
                        && !old.auth()
                                .type()
                                .equals(auth.getValue("type", old.auth().type())));
        if (isOtherAuth) {
            former.remove("auth");
        }
        JsonObject whole = MergePatch.apply(former, mergePatch);
        SourceForm form = OneSecret.read(said, () -> SourceForm.read(whole, old.tenant(), old));
        Instant now = now();
        Instant createdAt = Objects.requireNonNullElse(old.createdAt(), now);
        return source(form, old.tenant(), old.version() + 1, createdAt, now);
    }

    /** Another provider's file says anew all that it says; a secret goes wherever one is needed. */
    private JsonObject patched(JsonObject former, JsonObject mergePatch) {
        if (mergePatch.getValue("provider") instanceof String) {
            return withNulls(providers.expanded(mergePatch), mergePatch);
        }
        if (mergePatch.getValue("secret") == null) {
            return mergePatch;
        }
        JsonObject auth = new JsonObject()
                .put("auth", mergePatch.getValue("auth", former.getValue("auth")))
                .put("secret", mergePatch.getValue("secret"));
        JsonObject patch = mergePatch.copy().mergeIn(providers.expanded(auth));
        patch.remove("secret");
        return patch;
    }

    /** What is reset and not said otherwise: laid over the file of a provider, null leaves nothing of itself. */
    private static JsonObject withNulls(JsonObject expanded, JsonObject patch) {
        for (String name : patch.fieldNames()) {
            Object value = patch.getValue(name);
            if (value == null && !expanded.containsKey(name)) {
                expanded.putNull(name);
            } else if (value instanceof JsonObject inner && expanded.getValue(name) instanceof JsonObject object) {
                expanded.put(name, withNulls(object, inner));
            }
        }
        return expanded;
    }

    /** Everything but secrets. Members without a value are absent. */
    public JsonObject view(Source source) {
        JsonObject json = new JsonObject().put("name", source.name());
        if (source.tenant() != null) {
            json.put("tenant", source.tenant());
        }
        json.put("dialect", source.dialect().name())
                .put("enabled", source.enabled())
                .put("path", "/v1/sources/%s/events".formatted(source.name()))
                .put("auth", SenderAuthForm.write(source.auth()))
                .put("defaultHeaders", HeadersForm.write(source.defaultHeaders()))
                .put("rules", source.rules().write());
        source.recipe().write(json);
        json.put("origin", source.isConfigured() ? "config" : "api").put("version", source.version());
        if (source.createdAt() != null) {
            json.put("createdAt", source.createdAt().toString()).put("updatedAt", String.valueOf(source.updatedAt()));
        }
        return json;
    }

    /** To the millisecond, so that a source equals itself after it was stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Source source(
            SourceForm form, @Nullable String tenant, long version, Instant createdAt, Instant updatedAt) {
        return new Source(
                form.name(),
                tenant,
                form.dialect(),
                form.enabled(),
                form.auth(),
                form.defaultHeaders(),
                form.rules(),
                form.recipe(),
                version,
                createdAt,
                updatedAt);
    }
}
