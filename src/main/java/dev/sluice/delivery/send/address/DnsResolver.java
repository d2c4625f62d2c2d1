package dev.sluice.delivery.send.address;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.resolver.NameResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Asks the hosts file and DNS without blocking. An address is its own answer.
 *
 * <p>Why not {@code InetAddress} on a worker: a few hundred names whose servers do not answer would hold every worker,
 * and the names of everybody else would wait behind them.
 */
public final class DnsResolver implements Resolver {
    private static final int REMEMBERED_SECONDS = 25;

    private final NameResolver names;

    /** What the client of DNS may remember, whatever an answer says: together with {@link CachedResolver} under a minute. */
    public static AddressResolverOptions options() {
        return new AddressResolverOptions().setCacheMaxTimeToLive(REMEMBERED_SECONDS);
    }

    public DnsResolver(Vertx vertx) {
        this.names = ((VertxInternal) vertx).nameResolver();
    }

    @Override
    public Future<List<InetAddress>> resolve(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        return literal == null ? lookUp(host) : parsed(literal);
    }

    private static Future<List<InetAddress>> parsed(byte[] literal) {
        try {
            return Future.succeededFuture(List.of(InetAddress.getByAddress(literal)));
        } catch (UnknownHostException impossible) {
            return Future.failedFuture(impossible);
        }
    }

    private Future<List<InetAddress>> lookUp(String host) {
        Promise<List<InetSocketAddress>> found = Promise.promise();
        names.resolveAll(host, found::handle);
        return found.future()
                .map(all -> all.stream().map(InetSocketAddress::getAddress).toList())
                .recover(failure -> Future.failedFuture(isAnswer(failure) ? failure : noAnswer(host, failure)));
    }

    /** Whether a server told that there is no such name, or no address of it. */
    private static boolean isAnswer(Throwable failure) {
        if (!(failure instanceof UnknownHostException)) {
            return false;
        }
        Throwable cause = failure.getCause();
        boolean hasNoAddress = cause == null;
        return hasNoAddress
                || (cause instanceof DnsErrorCauseException told && DnsResponseCode.NXDOMAIN.equals(told.getCode()));
    }

    private static Throwable noAnswer(String host, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new IOException("no answer about %s: %s".formatted(host, cause.getMessage()), failure);
    }
}
