package dev.sluice.delivery.send.address;

import dev.sluice.subscription.Reach;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@link GuardedTransport} is going to refuse, where the URL names an address, or this machine, itself. Any other name
 * is looked up with each delivery, and may mean something else then.
 */
public final class LiteralReach implements Reach {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final AddressRules rules;
    private final OwnListeners own;

    public LiteralReach(AddressRules rules, OwnListeners own) {
        this.rules = rules;
        this.own = own;
    }

    @Override
    public @Nullable String problem(URI url) {
        String host = url.getHost();
        byte[] literal = host == null ? null : literal(host.toLowerCase(Locale.ROOT));
        if (literal == null) {
            return null;
        }
        int port = url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        if (own.isOwn(address(literal), port, path(url))) {
            return "port %d of %s is where this gateway listens itself: every delivery will be refused (expected: another URL)"
                    .formatted(port, host);
        }
        return rules.permits(literal)
                ? null
                : "%s is not a public address: every delivery will be refused, unless delivery.allowNetworks has it"
                        .formatted(host);
    }

    private static String path(URI url) {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    private static byte @Nullable [] literal(String host) {
        boolean isThisMachine = host.equals("localhost") || host.equals("localhost.") || host.endsWith(".localhost");
        return isThisMachine ? LOOPBACK.clone() : NetUtil.createByteArrayFromIpAddressString(host);
    }

    private static InetAddress address(byte[] literal) {
        try {
            return InetAddress.getByAddress(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
