package dev.sluice.delivery.send.token;

import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.subscription.Auth;
import dev.sluice.time.Ticker;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes a request for a token (RFC 6749 §4.4.2). */
public final class TokenRequest {
    private TokenRequest() {}

    /** @param timeout of the whole exchange */
    public static Request of(Auth.OAuth2 client, Duration timeout, String userAgent, Ticker ticker) {
        Buffer body = Buffer.buffer(form(client));
        MultiMap headers = HttpHeaders.headers();
        headers.add("content-type", "application/x-www-form-urlencoded");
        headers.add("content-length", Integer.toString(body.length()));
        headers.add("accept", "application/json");
        headers.add("user-agent", userAgent);
        if (client.clientAuth() == Auth.ClientAuth.BASIC) {
            headers.add("authorization", basic(client));
        }
        Endpoint endpoint = Endpoint.ofTokens(client.tokenUrl(), timeout);
        return new Request(endpoint, headers, body, ticker, ticker.nanos());
    }

    private static String form(Auth.OAuth2 client) {
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        add(form, "scope", client.scope());
        add(form, "audience", client.audience());
        if (client.clientAuth() == Auth.ClientAuth.BODY) {
            add(form, "client_id", client.clientId());
            add(form, "client_secret", client.clientSecret());
        }
        return form.toString();
    }

    private static void add(StringBuilder form, String name, @Nullable String value) {
        if (value != null) {
            form.append('&').append(name).append('=').append(encoded(value));
        }
    }

    /** Unlike any other Basic, both parts are form-encoded first (§2.3.1). */
    private static String basic(Auth.OAuth2 client) {
        String pair = encoded(client.clientId()) + ":" + encoded(client.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
