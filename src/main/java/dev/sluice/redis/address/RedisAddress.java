package dev.sluice.redis.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is. Immutable; any thread.
 *
 * @param nodes    the one server; or Sentinels, or nodes of a cluster, of which one that answers is enough
 * @param name     of the master that the Sentinels watch; empty for other forms
 * @param tls      whether it is spoken to over TLS, Sentinels too
 * @param username null: the default user
 * @param password null: none is said here
 */
public record RedisAddress(
        Form form,
        List<RedisNode> nodes,
        String name,
        boolean tls,
        @Nullable String username,
        @Nullable String password,
        int database) {
    private static final String EXPECTED =
            "redis://[user:password@]host[:port][/database], redis+sentinel://[user:password@]host[:port],host[:port]/master[/database], redis+cluster://[user:password@]host[:port],host[:port], each with rediss for TLS, or unix:///path of a socket";

    /** A URI may name several hosts, but no IPv6 address among them. */
    private static final Pattern SEVERAL = Pattern.compile("(rediss?)\\+(sentinel|cluster)://([^/?#]+)([^?#]*)");

    /** How Redis is run. */
    public enum Form {
        ALONE("", 6379),
        SENTINEL("+sentinel", 26_379),
        CLUSTER("+cluster", 6379);

        private final String suffix;
        private final int usualPort;

        Form(String suffix, int usualPort) {
            this.suffix = suffix;
            this.usualPort = usualPort;
        }
    }

    /**
     * Reads {@code redis.uri}; percent-encoding is undone in user and password.
     *
     * @throws IllegalArgumentException if it is none of the forms; the message never holds a password
     */
    public static RedisAddress read(String text) {
        Matcher several = SEVERAL.matcher(text);
        if (several.matches()) {
            Form form = several.group(2).equals("sentinel") ? Form.SENTINEL : Form.CLUSTER;
            return ofHosts(
                    several.group(3), several.group(4), form, several.group(1).equals("rediss"));
        }
        URI uri = uri(text);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("has a ? or # (expected: %s)", EXPECTED);
        }
        String scheme = String.valueOf(uri.getScheme());
        if (scheme.equals("unix")) {
            return ofSocket(uri);
        }
        if (scheme.equals("redis") || scheme.equals("rediss")) {
            return ofHosts(uri.getRawAuthority(), uri.getPath(), Form.ALONE, scheme.equals("rediss"));
        }
        throw refused("begins with %s: (expected: %s)", scheme, EXPECTED);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw refused("not a URI, at character %d (expected: %s)", wrong.getIndex() + 1, EXPECTED);
        }
    }

    private static RedisAddress ofHosts(@Nullable String authority, String path, Form form, boolean tls) {
        if (authority == null) {
            throw refused("has no host (expected: %s)", EXPECTED);
        }
        if (path.indexOf('@') >= 0) {
            throw refused("has a / in its user or password (expected: %%2F for a /)");
        }
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        int colon = user.indexOf(':');
        String name = decoded(colon < 0 ? user : user.substring(0, colon));
        String password = colon < 0 ? "" : decoded(user.substring(colon + 1));
        List<String> names = path(path, form);
        return new RedisAddress(
                form,
                nodes(authority.substring(at + 1), form),
                form == Form.SENTINEL ? names.get(0) : "",
                tls,
                name.isEmpty() ? null : name,
                password.isEmpty() ? null : password,
                database(names, form));
    }

    private static RedisAddress ofSocket(URI uri) {
        String path = uri.getRawPath();
        if (uri.getRawAuthority() != null || path == null || path.length() < 2) {
            throw refused("has no path (expected: unix:///path)");
        }
        return new RedisAddress(Form.ALONE, List.of(new RedisNode(path)), "", false, null, null, 0);
    }

    private static List<RedisNode> nodes(String hosts, Form form) {
        List<RedisNode> nodes = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            nodes.add(node(host, form));
        }
        if (form == Form.ALONE && nodes.size() > 1) {
            throw refused("host: %s (expected: one host; several with redis+sentinel:// or redis+cluster://)", hosts);
        }
        return List.copyOf(nodes);
    }

    private static RedisNode node(String authority, Form form) {
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        if (host.isEmpty()) {
            throw refused("host: none (expected: one before each port, and one behind each comma)");
        }
        if (!port.matches("\\d{0,5}") || (!port.isEmpty() && (number(port) < 1 || number(port) > 65_535))) {
            throw refused("port: %s (expected: 1 to 65535)", shown(port));
        }
        return RedisNode.of(host, port.isEmpty() ? form.usualPort : number(port));
    }

    /** What stands between the slashes. */
    private static List<String> path(String path, Form form) {
        List<String> parts =
                path.length() < 2 ? List.of() : List.of(path.substring(1).split("/", -1));
        if (form == Form.SENTINEL && (parts.isEmpty() || parts.get(0).isEmpty())) {
            throw refused(
                    "names no master (expected: redis+sentinel://host[:port],host[:port]/master, as in sentinel.conf)");
        }
        return parts;
    }

    private static int database(List<String> path, Form form) {
        int before = form == Form.SENTINEL ? 1 : 0;
        String name = path.size() == before ? "" : String.join("/", path.subList(before, path.size()));
        if (!name.matches("\\d{0,5}")) {
            throw refused("database: %s (expected: a number)", shown(name));
        }
        int database = name.isEmpty() ? 0 : number(name);
        if (form == Form.CLUSTER && database != 0) {
            throw refused("database: %d (expected: none, a cluster has only 0)", database);
        }
        return database;
    }

    /** Where a number has to be there may be a password, of which something was forgotten. */
    private static String shown(String number) {
        return number.matches("\\d{1,10}") ? number : "no number";
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
        String scheme = nodes.get(0).connection(tls).replaceFirst("://.*", form.suffix + "://");
        String user = username == null && password == null ? "" : "***@";
        String hosts = String.join(",", nodes.stream().map(RedisNode::at).toList());
        return scheme + user + hosts + (name.isEmpty() ? "" : "/" + name) + (database == 0 ? "" : "/" + database);
    }
}
