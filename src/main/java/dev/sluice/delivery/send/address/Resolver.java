package dev.sluice.delivery.send.address;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. Confined to one event loop. */
@FunctionalInterface
public interface Resolver {
    /**
     * Fails with an {@link java.net.UnknownHostException} where there is none, and with anything else where nobody could
     * tell.
     *
     * @param host a name, an IPv4 address or an IPv6 address with or without brackets
     */
    Future<List<InetAddress>> resolve(String host);
}
