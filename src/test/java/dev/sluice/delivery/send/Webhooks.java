package dev.sluice.delivery.send;

import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Subscription;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A webhook in the making. */
final class Webhooks {
    private final String url;
    private final List<Header> headers = new ArrayList<>();
    private final List<SigningKey> keys = new ArrayList<>();
    private Auth auth;
    private TlsProfile tls;
    private BodyMode body;
    private String transform;
    private String bodyHeader;
    private Duration timeout = Duration.ofSeconds(15);
    private String id = "wh_1";
    private String name = "";

    private Webhooks(String url) {
        this.url = url;
    }

    static Webhooks to(String url) {
        return new Webhooks(url);
    }

    static Webhook at(String url) {
        return to(url).build();
    }

    Webhooks id(String value) {
        id = value;
        return this;
    }

    Webhooks name(String value) {
        name = value;
        return this;
    }

    Webhooks header(String name, String value) {
        headers.add(new Header(name, value, false));
        return this;
    }

    Webhooks key(String secret, Instant until) {
        keys.add(new SigningKey(secret, until));
        return this;
    }

    Webhooks auth(String username, String password) {
        auth = new Auth.Basic(username, password);
        return this;
    }

    Webhooks auth(Auth value) {
        auth = value;
        return this;
    }

    Webhooks tls(TlsProfile value) {
        tls = value;
        return this;
    }

    Webhooks body(BodyMode value) {
        body = value;
        return this;
    }

    Webhooks transform(String value) {
        transform = value;
        return this;
    }

    Webhooks bodyHeader(String value) {
        bodyHeader = value;
        return this;
    }

    Webhooks timeout(Duration value) {
        timeout = value;
        return this;
    }

    Webhook build() {
        return new Webhook(
                id,
                "default",
                1,
                name,
                Activity.ON,
                new Subscription(null, List.of("**")),
                new Target(URI.create(url), headers, auth, keys, tls, timeout, bodyHeader),
                new Shape(body, transform),
                new Pacing(16, null, null, Pacing.Ordering.NONE, null),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
