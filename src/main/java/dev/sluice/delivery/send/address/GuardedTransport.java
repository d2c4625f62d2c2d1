package dev.sluice.delivery.send.address;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.http.Endpoint;
import dev.sluice.delivery.send.http.Failures;
import dev.sluice.delivery.send.http.Request;
import dev.sluice.delivery.send.http.Transport;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Looks the host up, checks every address it has, and has the request sent to one of those, named by the address itself:
 * there is no second look-up in which the name could mean something else (DNS rebinding). One forbidden address refuses
 * the attempt, since a name that means both the public and the private is not to be trusted with either.
 *
 * <p>Nor may the address be one on which this pod listens.
 *
 * <p>Where a host has several addresses, {@link Dialer} chooses.
 */
public final class GuardedTransport implements Transport {
    private final Dialer dialer;
    private final Resolver resolver;
    private final AddressRules rules;
    private final OwnListeners own;

    public GuardedTransport(Dialer dialer, Resolver resolver, AddressRules rules, OwnListeners own) {
        this.dialer = dialer;
        this.resolver = resolver;
        this.rules = rules;
        this.own = own;
    }

    @Override
    public Future<Answer> carry(Request request) {
        Future<List<InetAddress>> addresses =
                resolver.resolve(request.endpoint().host());
        if (addresses.succeeded()) {
            return check(request, addresses.result());
        }
        request.looksUp();
        return addresses.transform((found, failure) -> found == null
                ? Future.succeededFuture(request.failure(Kind.DNS, Failures.detail(failure)))
                : check(request, found));
    }

    private Future<Answer> check(Request request, List<InetAddress> addresses) {
        Endpoint endpoint = request.endpoint();
        List<SocketAddress> servers = endpoint.checked(addresses);
        if (addresses.isEmpty()) {
            return Future.succeededFuture(request.failure(Kind.DNS, endpoint.host() + " has no address"));
        }
        for (InetAddress address : addresses) {
            if (own.isOwn(address, endpoint.port(), endpoint.pathAndQuery())) {
                return Future.succeededFuture(ownListener(request, address));
            }
            if (servers == null && !rules.permits(address.getAddress())) {
                return Future.succeededFuture(forbidden(request, address));
            }
        }
        if (servers == null) {
            servers = pinned(addresses, endpoint.port());
            endpoint.remember(addresses, servers);
        }
        return dialer.carry(request, servers);
    }

    /** By literal: with a named address Vert.x 5.0.12 would take a connection to any address of the name for this one. */
    private static List<SocketAddress> pinned(List<InetAddress> addresses, int port) {
        List<SocketAddress> servers = new ArrayList<>(addresses.size());
        for (InetAddress address : alternating(addresses)) {
            servers.add(SocketAddress.inetSocketAddress(port, NetUtil.bytesToIpAddress(address.getAddress())));
        }
        return List.copyOf(servers);
    }

    /** Each followed by one of the other family while there are both, since it may be a family that leads nowhere (RFC 8305). */
    static List<InetAddress> alternating(List<InetAddress> addresses) {
        Class<?> family = addresses.get(0).getClass();
        Deque<InetAddress> same = new ArrayDeque<>();
        Deque<InetAddress> other = new ArrayDeque<>();
        addresses.forEach(address -> (address.getClass() == family ? same : other).add(address));
        List<InetAddress> sorted = new ArrayList<>(addresses.size());
        while (!same.isEmpty() || !other.isEmpty()) {
            Stream.of(same.poll(), other.poll()).filter(Objects::nonNull).forEach(sorted::add);
        }
        return sorted;
    }

    private static Answer ownListener(Request request, InetAddress address) {
        return request.failure(
                Kind.FORBIDDEN,
                "%s is %s, port %d, where this gateway listens itself"
                        .formatted(
                                request.endpoint().host(),
                                NetUtil.bytesToIpAddress(address.getAddress()),
                                request.endpoint().port()));
    }

    private static Answer forbidden(Request request, InetAddress address) {
        return request.failure(
                Kind.FORBIDDEN,
                "%s is the address %s, which is not public and not in delivery.allowNetworks"
                        .formatted(request.endpoint().host(), NetUtil.bytesToIpAddress(address.getAddress())));
    }
}
