package dev.sluice.delivery.send.http;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/**
 * How TLS names the host of a URL. The JDK asks only for names with a dot; a server with several certificates shows who asks
 * for {@code localhost}, or for a service of a cluster, that of somebody else.
 */
final class ServerName {
    private ServerName() {}

    /** The host for which a certificate must be: without the dot that ends a full name. */
    static String peer(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /**
     * What is asked for: every name, and no address (RFC 6066, section 3); nor what the JDK takes for no name, such as one
     * with underscores, for which it accepts no certificate either.
     *
     * @param peer as {@link #peer} has it, with the A-labels of a URL
     */
    static List<SNIServerName> asked(String peer) {
        if (peer.isEmpty() || NetUtil.createByteArrayFromIpAddressString(peer) != null) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(peer.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException noName) {
            return List.of();
        }
    }
}
