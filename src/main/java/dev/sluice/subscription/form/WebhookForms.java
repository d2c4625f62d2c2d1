package dev.sluice.subscription.form;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between what users send and see, and webhooks. Any thread.
 *
 * <p>What Sluice alone decides may be sent back as it was read: {@code createdAt}, {@code updatedAt},
 * {@code disabledReason}, {@code state} and {@code warnings} are ignored; {@code id} and {@code tenant} must be the webhook's own;
 * {@code version}, where given, must be the present one, so that a client can ask not to overwrite another's change.
 *
 * <p>Secrets are seen masked. The mask sent back, or no value, stands for the stored secret of the same header name, or
 * of the same user name, client or certificate; where there is none it is refused rather than stored. Signing keys are
 * neither seen nor set here, except that a new webhook may bring its own. Another signing algorithm makes a new key, and
 * the former one signs beside it until its grace is over.
 *
 * <p>All methods that take JSON throw {@link ProblemException}: 400 {@code invalid-webhook} with a pointer to each wrong
 * member, 409 {@code conflict} for another version.
 */
public final class WebhookForms {
    private static final String ID_PREFIX = "wh_";
    private static final int ID_LENGTH = 22;
    /** Without i, l, o and u: nobody has to tell them from digits, or read a word. Five bits each. */
    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final WebhookRules rules;
    private final Entropy entropy;
    private final InstantSource clock;

    public WebhookForms(WebhookRules rules, Entropy entropy, InstantSource clock) {
        this.rules = rules;
        this.entropy = entropy;
        this.clock = clock;
    }

    /** A new webhook, version 1. */
    public Webhook create(String tenant, JsonObject body) {
        Instant now = now();
        WebhookForm form = WebhookForm.read(body, tenant, null, rules, now);
        Target target = form.target().fresh(entropy);
        return webhook(newId(), tenant, 1, form, target, null, now, now);
    }

    /** What the body says, and the default for everything it does not say; but see above for secrets. */
    public Webhook replace(Webhook old, JsonObject body) {
        Object version = body.getValue("version");
        boolean stale = version != null && !String.valueOf(version).equals(String.valueOf(old.version()));
        if (stale) {
            throw Problem.of(
                            409,
                            "conflict",
                            "The webhook was changed meanwhile",
                            "version: %s (expected: %d; read the webhook again)".formatted(version, old.version()))
                    .asException();
        }
        Instant now = now();
        WebhookForm form = WebhookForm.read(body, old.tenant(), old, rules, now);
        String reason = form.enabled() ? null : old.activity().disabledReason();
        Target target = form.target().replacing(old.target(), entropy, now, rules.keyGrace());
        return webhook(old.id(), old.tenant(), old.version() + 1, form, target, reason, old.createdAt(), now);
    }

    /** Changes only what the patch names (RFC 7396): null resets a member, an array is replaced whole. */
    public Webhook patch(Webhook old, JsonObject mergePatch) {
        return replace(old, MergePatch.apply(view(old), mergePatch));
    }

    /** Paused, what it gets waits; resumed, it goes on. */
    public Webhook pause(Webhook old, boolean paused) {
        Activity now = old.activity();
        return old.with(new Activity(now.enabled(), paused, now.disabledReason()), now());
    }

    /**
     * With a new signing key of the same algorithm; the one before signs beside it until the grace is over.
     *
     * @param grace zero or longer
     * @throws ProblemException 409 {@code too-many-keys} if many earlier keys are still in their grace, {@code not-signed}
     *     if there is none
     */
    public Webhook rotate(Webhook old, Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: %s (expected: >= 0)".formatted(grace));
        }
        Instant now = now();
        List<SigningKey> keys = old.target().keys();
        SigningKeys.requireAny(keys);
        String secret = SigningKeys.fresh(SigningKeys.algorithm(keys), entropy);
        List<SigningKey> rotated = SigningKeys.rotated(keys, secret, now, now.plus(grace));
        return old.with(old.target().withKeys(rotated), now);
    }

    /** As Sluice does it by itself; a person does it with {@link #patch}. */
    public Webhook disable(Webhook old, String reason) {
        return old.with(old.activity().disabled(reason), now());
    }

    /** Everything but secrets. */
    public JsonObject view(Webhook webhook) {
        return WebhookViews.masked(webhook);
    }

    /**
     * {@code {"key":"whsec_…","previous":[{"key":"whsec_…","until":"…"}]}}: what checks the signatures of the keys that
     * sign now; of a pair the public key, {@code whpk_…}, and never the private one.
     */
    public JsonObject secretView(Webhook webhook) {
        return WebhookViews.signingKeys(webhook, now());
    }

    /** To the millisecond, so that a webhook equals itself after it was stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String newId() {
        StringBuilder id = new StringBuilder(ID_PREFIX);
        for (byte random : entropy.bytes(ID_LENGTH)) {
            id.append(ID_ALPHABET.charAt(random & 31));
        }
        return id.toString();
    }

    private static Webhook webhook(
            String id,
            String tenant,
            long version,
            WebhookForm form,
            Target target,
            @Nullable String disabledReason,
            Instant createdAt,
            Instant updatedAt) {
        return new Webhook(
                id,
                tenant,
                version,
                form.name(),
                new Activity(form.enabled(), form.paused(), disabledReason),
                form.subscription(),
                target,
                form.shape(),
                form.pacing(),
                createdAt,
                updatedAt);
    }
}
