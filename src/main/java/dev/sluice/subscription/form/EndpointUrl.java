package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook's URL may be. Which addresses it may lead to is decided when Sluice connects; here only what cannot be
 * read in two ways gets in, so that what a person reads, what is checked and what is dialled are one host.
 */
public final class EndpointUrl {
    static final int MAX_LENGTH = 4096;

    /** A host that ends in a number is an IPv4 address to some parsers (WHATWG URL, "ends in a number checker"). */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern PLAIN_IPV4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);

    /** The name and the port. */
    private static final Pattern WITH_UNDERSCORES =
            Pattern.compile("([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?)(?::([0-9]{1,5}))?");

    private EndpointUrl() {}

    /** Null if the field is absent or refused. */
    public static @Nullable URI read(Field field) {
        String text = field.text(MAX_LENGTH);
        if (text == null) {
            return null;
        }
        try {
            URI url = new URI(new URI(withoutEmptyPort(withAsciiHost(text))).toASCIIString());
            String problem = problem(url);
            if (problem == null) {
                return url;
            }
            field.refuse("%s", problem);
        } catch (URISyntaxException notAUrl) {
            field.refuse("not a URL: %s at character %d", notAUrl.getReason(), notAUrl.getIndex() + 1);
        } catch (IllegalArgumentException notAHost) {
            field.refuse("not an internationalised host name");
        }
        return null;
    }

    private static @Nullable String problem(URI url) {
        String scheme = url.getScheme();
        if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
            return "scheme %s (expected: https or http)".formatted(scheme == null ? "missing" : scheme);
        }
        String authority = url.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            return "holds a user name or password (expected: those in auth)";
        }
        String host = host(url);
        if (host == null) {
            return "host %s (expected: a name of letters, digits, hyphens, underscores and dots, or an IP address, and a port of 1 to"
                            .formatted(authority == null ? "missing" : authority)
                    + " 65535 if any)";
        }
        if (ENDS_IN_A_NUMBER.matcher(host).matches()
                && !PLAIN_IPV4.matcher(host).matches()) {
            return "host %s (expected: an IPv4 address as four decimal numbers without leading zeros)".formatted(host);
        }
        if (host.endsWith(".")) {
            return "host %s (expected: no dot at its end, as TLS names hosts without it)".formatted(host);
        }
        if (host.indexOf('%') >= 0) {
            return "host %s (expected: an IPv6 address without a zone)".formatted(host);
        }
        int port = port(url);
        if (port == 0 || port > 65535) {
            return "port %d (expected: 1 to 65535)".formatted(port);
        }
        return url.getRawFragment() == null ? null : "has a fragment, which is never sent (expected: none)";
    }

    /** Also of a host that {@link URI} does not know for one: names of services may have underscores. Null: none. */
    static @Nullable String host(URI url) {
        if (url.getHost() != null || url.getRawAuthority() == null) {
            return url.getHost();
        }
        Matcher name = WITH_UNDERSCORES.matcher(url.getRawAuthority());
        return name.matches() ? name.group(1) : null;
    }

    /** Below 0: none is given. */
    private static int port(URI url) {
        String authority = url.getRawAuthority();
        Matcher name = url.getHost() != null || authority == null ? null : WITH_UNDERSCORES.matcher(authority);
        if (name == null || !name.matches()) {
            return url.getPort();
        }
        return name.group(2) == null ? -1 : Integer.parseInt(name.group(2));
    }

    /** {@code http://host:/} is {@code http://host/} (RFC 3986 §3.2.3). */
    private static String withoutEmptyPort(String text) {
        int from = text.indexOf("//") + 2;
        int to = from < 2 ? -1 : endOfAuthority(text, from);
        boolean isEmpty = to > from && text.charAt(to - 1) == ':';
        return isEmpty ? text.substring(0, to - 1) + text.substring(to) : text;
    }

    private static int endOfAuthority(String text, int from) {
        int to = from;
        while (to < text.length() && "/?#\\".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return to;
    }

    /** Host names in other scripts, in the form that DNS knows (RFC 5891). */
    private static String withAsciiHost(String text) {
        int from = text.indexOf("//") + 2;
        if (from < 2) {
            return text;
        }
        int to = endOfAuthority(text, from);
        String authority = text.substring(from, to);
        if (authority.chars().allMatch(c -> c < 128)) {
            return text;
        }
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String ascii = IDN.toASCII(host.toLowerCase(Locale.ROOT));
        return text.substring(0, from) + ascii + text.substring(from + host.length());
    }
}
