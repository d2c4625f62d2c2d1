package dev.sluice.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where one Redis is. Immutable; any thread.
 *
 * @param connection without user, password and database
 * @param tls        whether it is spoken to over TLS
 * @param username   null: the default user
 * @param password   null: none is said here
 */
public record RedisAddress(
        String connection,
        boolean tls,
        @Nullable String username,
        @Nullable String password,
        int database) {
    private static final String EXPECTED =
            "redis://[user:password@]host[:port][/database], rediss:// for TLS, or unix:///path of a socket";

    private static final int USUAL_PORT = 6379;

    /**
     * Reads {@code redis.uri}; percent-encoding is undone in user and password.
     *
     * @throws IllegalArgumentException if it is none of the forms; the message never holds a password
     */
    public static RedisAddress read(String text) {
        URI uri = uri(text);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("has a ? or # (expected: %s)", EXPECTED);
        }
        String scheme = String.valueOf(uri.getScheme());
        return switch (scheme) {
            case "redis", "rediss" -> ofHost(uri, scheme);
            case "unix" -> ofSocket(uri);
            case "redis+sentinel", "redis+cluster" ->
                throw refused("%s:// is not spoken yet (expected: %s)", scheme, EXPECTED);
            default -> throw refused("begins with %s: (expected: %s)", scheme, EXPECTED);
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw refused("not a URI, at character %d (expected: %s)", wrong.getIndex() + 1, EXPECTED);
        }
    }

    private static RedisAddress ofHost(URI uri, String scheme) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw refused("has no host (expected: %s)", EXPECTED);
        }
        int at = authority.lastIndexOf('@');
        String host = withPort(authority.substring(at + 1));
        String user = at < 0 ? "" : authority.substring(0, at);
        int colon = user.indexOf(':');
        String name = decoded(colon < 0 ? user : user.substring(0, colon));
        String password = colon < 0 ? null : decoded(user.substring(colon + 1));
        return new RedisAddress(
                scheme + "://" + host,
                scheme.equals("rediss"),
                name.isEmpty() ? null : name,
                password == null || password.isEmpty() ? null : password,
                database(uri.getPath()));
    }

    private static RedisAddress ofSocket(URI uri) {
        if (uri.getRawAuthority() != null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw refused("has no path (expected: unix:///path)");
        }
        return new RedisAddress("unix://" + uri.getRawPath(), false, null, null, 0);
    }

    private static String withPort(String authority) {
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        if (host.isEmpty() || host.indexOf(',') >= 0) {
            throw refused("host: %s (expected: one host)", host.isEmpty() ? "none" : host);
        }
        if (!port.matches("\\d{0,5}") || (!port.isEmpty() && (number(port) < 1 || number(port) > 65_535))) {
            throw refused("port: %s (expected: 1 to 65535)", port);
        }
        return host + ":" + (port.isEmpty() ? USUAL_PORT : number(port));
    }

    private static int database(String path) {
        String name = path.isEmpty() ? "" : path.substring(1);
        if (!name.matches("\\d{0,5}")) {
            throw refused("database: %s (expected: a number)", name);
        }
        return name.isEmpty() ? 0 : number(name);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw refused(
                    "has a %% in its user or password that is not followed by two digits (expected: %%25 for a %%)");
        }
    }

    private static IllegalArgumentException refused(String message, Object... arguments) {
        return new IllegalArgumentException(message.formatted(arguments));
    }

    /** Never the password. */
    @Override
    public String toString() {
        String user = username == null && password == null ? "" : "***@";
        return connection.replace("://", "://" + user) + (database == 0 ? "" : "/" + database);
    }
}
