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
public final class Webhooks {
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

    public static Webhooks to(String url) {
        return new Webhooks(url);
    }

    public static Webhook at(String url) {
        return to(url).build();
    }

    public Webhooks id(String value) {
        id = value;
        return this;
    }

    public Webhooks name(String value) {
        name = value;
        return this;
    }

    public Webhooks header(String name, String value) {
        headers.add(new Header(name, value, false));
        return this;
    }

    public Webhooks key(String secret, Instant until) {
        keys.add(new SigningKey(secret, until));
        return this;
    }

    public Webhooks auth(String username, String password) {
        auth = new Auth.Basic(username, password);
        return this;
    }

    public Webhooks auth(Auth value) {
        auth = value;
        return this;
    }

    public Webhooks tls(TlsProfile value) {
        tls = value;
        return this;
    }

    public Webhooks body(BodyMode value) {
        body = value;
        return this;
    }

    public Webhooks transform(String value) {
        transform = value;
        return this;
    }

    public Webhooks bodyHeader(String value) {
        bodyHeader = value;
        return this;
    }

    public Webhooks timeout(Duration value) {
        timeout = value;
        return this;
    }

    public Webhook build() {
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
