package dev.sluice.subscription;

import dev.sluice.http.Field;
import dev.sluice.secrets.Entropy;
import dev.sluice.subscription.Target.BasicAuth;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
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
 * @param url           null if it is missing or refused
 */
record TargetForm(
        @Nullable URI url, List<Header> headers, @Nullable BasicAuth auth, SigningKeys.Form signing, Duration timeout) {
    static final Set<String> MEMBERS = Set.of("url", "headers", "auth", "signing", "timeoutMs");

    /** @param old what it is to replace, and whose secrets a mask stands for; null for a new one */
    static TargetForm read(Field form, @Nullable Target old, WebhookRules rules) {
        form.member("url").expectPresent();
        URI url = EndpointUrl.read(form.member("url"));
        Field auth = form.member("auth");
        BasicAuth basic = AuthForm.read(auth, old == null ? null : old.auth());
        List<Header> headers =
                HeadersForm.read(form.member("headers"), old == null ? List.of() : old.headers(), !auth.isAbsent());
        SigningKeys.Form signing = SigningKeys.read(form.member("signing"), old == null);
        Long timeout = form.member("timeoutMs")
                .whole(WebhookRules.MIN_TIMEOUT.toMillis(), WebhookRules.MAX_TIMEOUT.toMillis());
        return new TargetForm(
                url, headers, basic, signing, timeout == null ? rules.timeout() : Duration.ofMillis(timeout));
    }

    /** @throws NullPointerException without a URL: to be asked only if nothing was refused */
    Target fresh(Entropy entropy) {
        String secret = signing.secret() == null ? SigningKeys.fresh(entropy) : signing.secret();
        return target(List.of(new SigningKey(secret, null)));
    }

    /** With the keys of the old one. */
    Target replacing(Target old, Instant now) {
        return target(SigningKeys.inForce(old.keys(), now));
    }

    private Target target(List<SigningKey> keys) {
        return new Target(Objects.requireNonNull(url), headers, auth, keys, timeout, signing.bodyHeader());
    }
}
