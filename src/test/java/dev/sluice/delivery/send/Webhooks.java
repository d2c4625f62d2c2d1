package dev.sluice.delivery.send;

import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.Webhook.BasicAuth;
import dev.sluice.subscription.Webhook.BodyMode;
import dev.sluice.subscription.Webhook.Header;
import dev.sluice.subscription.Webhook.SigningKey;
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
    private BasicAuth auth;
    private BodyMode body;
    private Duration timeout = Duration.ofSeconds(15);
    private String id = "wh_1";

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

    Webhooks header(String name, String value) {
        headers.add(new Header(name, value, false));
        return this;
    }

    Webhooks key(String secret, Instant until) {
        keys.add(new SigningKey(secret, until));
        return this;
    }

    Webhooks auth(String username, String password) {
        auth = new BasicAuth(username, password);
        return this;
    }

    Webhooks body(BodyMode value) {
        body = value;
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
                "",
                URI.create(url),
                true,
                null,
                List.of("**"),
                List.copyOf(headers),
                auth,
                body,
                List.copyOf(keys),
                timeout,
                16,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
