package dev.sluice.delivery.send.address;

import dev.sluice.config.DeliveryConfig;
import io.netty.util.NetUtil;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries go through the forward proxy. Immutable; any thread.
 *
 * <p>What the guard has checked is what a proxy is told for https: {@code CONNECT} with the address, in which TLS then
 * asks for the name. For http it is told the name (RFC 9112 §3.2.2 has it replace {@code host} by what it is told), and
 * looks it up again. A proxy must be trusted to go where it is told, and to keep its own network closed.
 */
public final class ProxyRule {
    private final @Nullable ProxyOptions proxy;
    private final List<String> names = new ArrayList<>();
    private final List<Network> networks = new ArrayList<>();

    /** @throws IllegalArgumentException if one of {@code delivery.noProxy} is neither a name nor a network */
    public ProxyRule(DeliveryConfig config) {
        this.proxy = config.proxy() == null ? null : options(URI.create(config.proxy()));
        for (String direct : config.noProxy()) {
            if (direct.indexOf('/') >= 0 || NetUtil.createByteArrayFromIpAddressString(direct) != null) {
                networks.add(Network.parse(direct));
            } else {
                names.add(direct.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static ProxyOptions options(URI uri) {
        ProxyOptions options = new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(uri.getHost())
                .setPort(uri.getPort() < 0 ? 80 : uri.getPort());
        String user = uri.getRawUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            options.setUsername(decoded(colon < 0 ? user : user.substring(0, colon)));
            options.setPassword(colon < 0 ? "" : decoded(user.substring(colon + 1)));
        }
        return options;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * Null: no proxy.
     *
     * @param host   as it is in the URL
     * @param server the checked address, as a literal
     */
    @Nullable
    ProxyOptions of(String host, SocketAddress server) {
        return proxy == null || isDirect(host.toLowerCase(Locale.ROOT), server.host()) ? null : proxy;
    }

    /** {@code example.org} stands for itself and everything below it, with a dot before it or without. */
    private boolean isDirect(String host, String literal) {
        for (String name : names) {
            String suffix = name.startsWith(".") ? name : "." + name;
            if (host.endsWith(suffix) || host.equals(suffix.substring(1))) {
                return true;
            }
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(literal);
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
