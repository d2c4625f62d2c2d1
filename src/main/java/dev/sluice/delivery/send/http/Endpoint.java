package dev.sluice.delivery.send.http;

import dev.sluice.delivery.send.signature.Signer;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every attempt at one version of a webhook has in common, prepared once; or every request to one token URL, or one page.
 * Confined to one event loop.
 */
public final class Endpoint {
    /** Refused when a webhook is saved; here for one that was saved by other means. */
    private static final Set<String> NOT_ITS_OWN = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "content-length");

    private static final Auth.Taker<Optional<String>> HEADER = new Auth.Taker<>() {
        @Override
        public Optional<String> header(String value) {
            return Optional.of(value);
        }

        @Override
        public Optional<String> client(Auth.OAuth2 client) {
            return Optional.empty(); // its request waits for a token, and does not go out without one
        }
    };

    private static final Auth.Taker<Optional<Auth.OAuth2>> CLIENT = new Auth.Taker<>() {
        @Override
        public Optional<Auth.OAuth2> header(String value) {
            return Optional.empty();
        }

        @Override
        public Optional<Auth.OAuth2> client(Auth.OAuth2 client) {
            return Optional.of(client);
        }
    };

    private final @Nullable Webhook webhook;
    private final Auth.@Nullable OAuth2 client;
    private final HttpMethod method;
    private final boolean tls;
    private final HostAndPort authority;
    private final String server;
    private final String pathAndQuery;
    private final List<OwnHeader> ownHeaders;
    private final Signer signer;
    private final long timeoutNanos;
    private final Negotiation negotiation = new Negotiation();

    // confined state
    private @Nullable List<InetAddress> checked;
    private @Nullable List<SocketAddress> servers;

    /** @throws IllegalArgumentException if the URL has no host or a key is not one */
    public Endpoint(Webhook webhook) {
        this(
                webhook,
                webhook.target().url(),
                ownHeaders(webhook),
                webhook.target().keys(),
                webhook.target().timeout(),
                HttpMethod.POST);
    }

    private Endpoint(
            @Nullable Webhook webhook,
            URI url,
            List<OwnHeader> ownHeaders,
            List<Target.SigningKey> keys,
            Duration timeout,
            HttpMethod method) {
        this.webhook = webhook;
        this.method = method;
        this.client = client(webhook);
        this.tls = "https".equalsIgnoreCase(url.getScheme());
        this.authority = authority(url, tls ? 443 : 80);
        this.server = authority.host() + ":" + authority.port();
        this.pathAndQuery = pathAndQuery(url);
        this.ownHeaders = ownHeaders;
        this.signer = new Signer(keys);
        this.timeoutNanos = timeout.toNanos();
    }

    /** An authorization server. */
    public static Endpoint ofTokens(URI url, Duration timeout) {
        return new Endpoint(null, url, List.of(), List.of(), timeout, HttpMethod.POST);
    }

    /** What is only read. */
    public static Endpoint ofPage(URI url, Duration timeout) {
        return new Endpoint(null, url, List.of(), List.of(), timeout, HttpMethod.GET);
    }

    private static Auth.@Nullable OAuth2 client(@Nullable Webhook webhook) {
        Auth auth = webhook == null ? null : webhook.target().auth();
        return auth == null ? null : auth.give(CLIENT).orElse(null);
    }

    private static HostAndPort authority(URI url, int defaultPort) {
        String text = url.getRawAuthority();
        String named = text != null && text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
        HostAndPort authority = named == null ? null : HostAndPort.parseAuthority(named, defaultPort);
        if (authority == null) {
            throw new IllegalArgumentException("url: no host (expected: http://host/ or https://host/)");
        }
        return authority;
    }

    private static String pathAndQuery(URI url) {
        String path = url.getRawPath();
        String rooted = path == null || path.isEmpty() ? "/" : path;
        return url.getRawQuery() == null ? rooted : rooted + "?" + url.getRawQuery();
    }

    private static List<OwnHeader> ownHeaders(Webhook webhook) {
        Map<String, OwnHeader> byName = new LinkedHashMap<>();
        for (Target.Header header : webhook.target().headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!NOT_ITS_OWN.contains(name)) {
                byName.computeIfAbsent(name, first -> new OwnHeader(header.name(), new ArrayList<>(1)))
                        .values()
                        .add(header.value());
            }
        }
        Auth auth = webhook.target().auth();
        if (auth != null) {
            auth.give(HEADER)
                    .ifPresent(value -> byName.put("authorization", new OwnHeader("authorization", List.of(value))));
        }
        return List.copyOf(byName.values());
    }

    public boolean isOf(Webhook other) {
        return other.equals(webhook);
    }

    HttpMethod method() {
        return method;
    }

    public boolean isTls() {
        return tls;
    }

    /** What it wants of TLS beyond the usual, or null. */
    @Nullable
    TlsProfile tlsProfile() {
        return webhook == null ? null : webhook.target().tls();
    }

    /** Whose tokens it asks for, or null. */
    public Auth.@Nullable OAuth2 client() {
        return client;
    }

    Negotiation negotiation() {
        return negotiation;
    }

    /** As it is in the URL; an IPv6 address keeps its brackets. */
    public String host() {
        return authority.host();
    }

    public int port() {
        return authority.port();
    }

    /** Host and port, as one. */
    String server() {
        return server;
    }

    public String pathAndQuery() {
        return pathAndQuery;
    }

    public Signer signer() {
        return signer;
    }

    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** Adds the signature of the body alone, where the webhook asks for one. */
    public void addBodySignature(MultiMap headers, byte[] body) {
        String name = webhook == null ? null : webhook.target().bodyHeader();
        String signature = name == null || headers.contains(name) ? null : signer.signBody(body);
        if (name != null && signature != null) {
            headers.add(name, signature);
        }
    }

    /** Adds the webhook's own headers, but none that is there already. */
    public void addOwnHeaders(MultiMap headers) {
        for (OwnHeader own : ownHeaders) {
            if (!headers.contains(own.name())) {
                headers.add(own.name(), own.values());
            }
        }
    }

    /** Where to dial for these addresses, if they are the ones that were checked last. */
    @Nullable
    public List<SocketAddress> checked(List<InetAddress> addresses) {
        return addresses.equals(checked) ? servers : null;
    }

    public void remember(List<InetAddress> addresses, List<SocketAddress> pinned) {
        checked = addresses;
        servers = pinned;
    }

    private record OwnHeader(String name, List<String> values) {}
}
