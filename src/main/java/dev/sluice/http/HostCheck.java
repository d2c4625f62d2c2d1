package dev.sluice.http;

import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the Host header against the names this gateway goes by, on any port. A page that has its own name point at this
 * machine (DNS rebinding) makes the browser send that name. Immutable; any thread.
 */
public final class HostCheck {
    private final Set<String> allowed;

    /** @param allowedHosts names and addresses without a port; IPv6 with or without brackets */
    public HostCheck(List<String> allowedHosts) {
        allowed = allowedHosts.stream().map(HostCheck::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** @param host without a port; case, brackets and a final dot do not matter */
    public boolean allows(String host) {
        return allowed.contains(normal(host));
    }

    /**
     * A 421 (RFC 9110, 15.5.20) if the request is not for this gateway.
     *
     * @param authority the parsed Host header, or null if it is missing or malformed
     */
    public Optional<Problem> refusal(@Nullable HostAndPort authority) {
        if (authority != null && allows(authority.host())) {
            return Optional.empty();
        }
        String host = authority == null ? "missing or malformed" : "'" + authority.host() + "'";
        return Optional.of(Problem.of(
                421,
                "wrong-host",
                "Wrong host",
                "The Host header is %s, which is not in http.allowedHosts. Add it there, or configure an API key."
                        .formatted(host)));
    }

    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
