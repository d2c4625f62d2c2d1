package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.TlsProfile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a webhook that are its {@link Target}, read from a request.
 *
 * @param url null if it is missing or refused
 */
record TargetForm(
        @Nullable URI url,
        List<Header> headers,
        @Nullable Auth auth,
        SigningKeys.Wanted signing,
        @Nullable TlsProfile tls,
        Duration timeout) {
    static final Set<String> MEMBERS = Set.of("url", "headers", "auth", "signing", "tls", "timeoutMs");

    /** @param old what it is to replace, and whose secrets a mask stands for; null for a new one */
    static TargetForm read(Field form, @Nullable Target old, WebhookRules rules, Instant now) {
        form.member("url").expectPresent();
        URI url = EndpointUrl.read(form.member("url"));
        Field authField = form.member("auth");
        Auth auth = AuthForm.read(authField, old == null ? null : old.auth());
        List<Header> headers = HeadersForm.read(
                form.member("headers"), old == null ? List.of() : old.headers(), !authField.isAbsent());
        SigningKeys.Wanted signing = SigningKeys.read(form.member("signing"), old);
        TlsProfile tls = TlsForm.read(form.member("tls"), old == null ? null : old.tls(), now);
        boolean plain = url != null && url.getScheme().equalsIgnoreCase("http");
        if (tls != null && plain) {
            form.member("tls").refuse("given for an http URL (expected: https)");
        }
        Long timeout = form.member("timeoutMs")
                .whole(WebhookRules.MIN_TIMEOUT.toMillis(), WebhookRules.MAX_TIMEOUT.toMillis());
        return new TargetForm(
                url, headers, auth, signing, tls, timeout == null ? rules.timeout() : Duration.ofMillis(timeout));
    }

    /** @throws NullPointerException without a URL: to be asked only if nothing was refused */
    Target fresh(Entropy entropy) {
        return target(List.of(signing.first(entropy)));
    }

    /**
     * With the keys of the old one, and a fresh one before them if it is to sign in another way.
     *
     * @param grace how long the former key signs beside the fresh one
     * @throws dev.sluice.http.ProblemException 409 {@code too-many-keys}
     */
    Target replacing(Target old, Entropy entropy, Instant now, Duration grace) {
        return target(
                signing.changes(old.keys())
                        ? SigningKeys.replaced(old.keys(), signing.first(entropy), now, now.plus(grace))
                        : SigningKeys.inForce(old.keys(), now));
    }

    private Target target(List<SigningKey> keys) {
        return new Target(Objects.requireNonNull(url), headers, auth, keys, tls, timeout, signing.bodyHeader());
    }
}
