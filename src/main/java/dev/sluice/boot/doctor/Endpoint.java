package dev.sluice.boot.doctor;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.send.address.AddressRules;
import dev.sluice.delivery.send.address.Resolver;
import dev.sluice.delivery.send.http.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Whether a URL would be called, and can be reached: its addresses, the guard's verdict, a connection, its certificates. */
final class Endpoint {
    private static final int PATIENCE_MILLIS = 5000;

    private final Vertx vertx;
    private final DeliveryConfig config;
    private final Resolver names;
    private final InstantSource clock;

    Endpoint(Vertx vertx, DeliveryConfig config, Resolver names, InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.names = names;
        this.clock = clock;
    }

    /** Never fails. */
    Future<List<Finding>> look(String text) {
        URI url = url(text);
        if (url == null) {
            return Future.succeededFuture(
                    List.of(Finding.wrong(text, "no URL that could be called", "as https://example.com/hook")));
        }
        return names.resolve(url.getHost())
                .transform(found -> found.succeeded()
                        ? judge(text, url, found.result())
                        : Future.succeededFuture(List.of(Finding.wrong(
                                text,
                                String.valueOf(found.cause().getMessage()),
                                "the name, or the DNS that this machine asks, is wrong"))));
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = URI.create(text);
            return url.getHost() != null && List.of("http", "https").contains(url.getScheme()) ? url : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private Future<List<Finding>> judge(String text, URI url, List<InetAddress> addresses) {
        AddressRules rules = new AddressRules(config.allowNetworks());
        List<InetAddress> allowed = addresses.stream()
                .filter(address -> rules.permits(address.getAddress()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        findings.add(verdict(text, addresses, allowed));
        if (allowed.isEmpty()) {
            return Future.succeededFuture(findings);
        }
        return connect(text, url, allowed.get(0))
                .map(reached ->
                        Stream.concat(findings.stream(), reached.stream()).toList());
    }

    private static Finding verdict(String text, List<InetAddress> all, List<InetAddress> allowed) {
        String addresses =
                String.join(", ", all.stream().map(InetAddress::getHostAddress).toList());
        return allowed.isEmpty()
                ? Finding.wrong(
                        text,
                        addresses + ": not public, every delivery is refused",
                        "list the network in delivery.allowNetworks, if it is meant to be called")
                : Finding.of(
                        text,
                        addresses + (allowed.size() == all.size() ? ": may be called" : ": some may be called"),
                        allowed.size() == all.size(),
                        "those that are not public are left out");
    }

    private Future<List<Finding>> connect(String text, URI url, InetAddress address) {
        boolean isTls = "https".equals(url.getScheme());
        NetClientOptions options = new NetClientOptions().setConnectTimeout(PATIENCE_MILLIS);
        if (!isTls) {
            return socket(options, url, address)
                    .map(socket -> {
                        socket.close();
                        return Finding.care(text, "connected", "without TLS anybody between may read and change it");
                    })
                    .recover(failed -> Future.succeededFuture(unreachable(text, address, failed)))
                    .map(List::of);
        }
        options.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
        return socket(options, url, address)
                .map(socket -> certificate(text, socket))
                .compose(shown -> trust(text, url, address).map(trusted -> List.of(shown, trusted)))
                .recover(failed -> Future.succeededFuture(List.of(unreachable(text, address, failed))));
    }

    private Future<NetSocket> socket(NetClientOptions options, URI url, InetAddress address) {
        boolean isTls = options.isSsl();
        int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
        NetClient client = vertx.createNetClient(options);
        return isTls
                ? client.connect(port, address.getHostAddress(), url.getHost())
                : client.connect(port, address.getHostAddress());
    }

    private static Finding unreachable(String text, InetAddress address, Throwable failed) {
        return Finding.wrong(
                text,
                "%s: %s".formatted(address.getHostAddress(), failed.getMessage()),
                "nobody listens there, it speaks no TLS, or something between lets nothing through");
    }

    private Finding certificate(String text, NetSocket socket) {
        try {
            List<X509Certificate> chain = socket.peerCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            return Certificate.of(text + " certificate", chain, clock.instant());
        } catch (SSLPeerUnverifiedException none) {
            return Finding.wrong(text, "it shows no certificate", "set up TLS there");
        } finally {
            socket.close();
        }
    }

    /** As a delivery would. */
    private Future<Finding> trust(String text, URI url, InetAddress address) {
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout(PATIENCE_MILLIS)
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS");
        TrustOptions trusted = Trust.with(config.caFile()).usual();
        if (trusted != null) {
            options.setTrustOptions(trusted);
        }
        return socket(options, url, address)
                .map(socket -> {
                    socket.close();
                    return Finding.well(text, "connected, and trusted");
                })
                .recover(
                        refused -> Future.succeededFuture(
                                Finding.wrong(
                                        text,
                                        "its certificate is not trusted: " + refused.getMessage(),
                                        "have it cover the name and bring its chain; an authority of your own goes to delivery.caFile")));
    }
}
