package dev.sluice.boot.doctor;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.send.address.AddressRules;
import dev.sluice.delivery.send.address.Resolver;
import dev.sluice.delivery.send.http.Trust;
import dev.sluice.http.Field;
import dev.sluice.subscription.form.EndpointUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
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
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

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
        Field field = Field.root(new JsonObject().put("url", text)).member("url");
        URI url = EndpointUrl.read(field);
        if (url == null) {
            return Future.succeededFuture(
                    List.of(Finding.wrong(text, field.errors().get(0).detail(), "as https://example.com/hook")));
        }
        Site site = Site.of(url);
        return names.resolve(site.authority().host())
                .transform(found -> found.succeeded()
                        ? judge(text, site, found.result())
                        : Future.succeededFuture(List.of(Finding.wrong(
                                text,
                                String.valueOf(found.cause().getMessage()),
                                "the name, or the DNS that this machine asks, is wrong"))));
    }

    /** Where a URL leads. */
    private record Site(HostAndPort authority, boolean isTls) {
        static Site of(URI url) {
            boolean isTls = "https".equalsIgnoreCase(url.getScheme());
            return new Site(HostAndPort.parseAuthority(url.getRawAuthority(), isTls ? 443 : 80), isTls);
        }
    }

    private Future<List<Finding>> judge(String text, Site site, List<InetAddress> addresses) {
        AddressRules rules = new AddressRules(config.allowNetworks());
        List<InetAddress> allowed = addresses.stream()
                .filter(address -> rules.permits(address.getAddress()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        findings.add(verdict(text, addresses, allowed));
        if (allowed.isEmpty()) {
            return Future.succeededFuture(findings);
        }
        return connect(text, site, allowed.get(0))
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

    private Future<List<Finding>> connect(String text, Site site, InetAddress address) {
        NetClientOptions options = new NetClientOptions().setConnectTimeout(PATIENCE_MILLIS);
        if (!site.isTls()) {
            return connected(
                            options,
                            site,
                            address,
                            socket -> Finding.care(
                                    text, "connected", "without TLS anybody between may read and change it"))
                    .recover(failed -> Future.succeededFuture(unreachable(text, address, failed)))
                    .map(List::of);
        }
        options.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
        return connected(options, site, address, socket -> certificate(text, socket))
                .compose(shown -> trust(text, site, address).map(trusted -> List.of(shown, trusted)))
                .recover(failed -> Future.succeededFuture(List.of(unreachable(text, address, failed))));
    }

    /** What is found of a connection, which is closed then. */
    private Future<Finding> connected(
            NetClientOptions options, Site site, InetAddress address, Function<NetSocket, Finding> found) {
        HostAndPort authority = site.authority();
        NetClient client = vertx.createNetClient(options);
        Future<NetSocket> socket = options.isSsl()
                ? client.connect(authority.port(), address.getHostAddress(), authority.host())
                : client.connect(authority.port(), address.getHostAddress());
        return socket.map(found).eventually(client::close);
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
        }
    }

    /** As a delivery would. */
    private Future<Finding> trust(String text, Site site, InetAddress address) {
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout(PATIENCE_MILLIS)
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS");
        TrustOptions trusted = Trust.with(config.caFile()).usual();
        if (trusted != null) {
            options.setTrustOptions(trusted);
        }
        return connected(options, site, address, socket -> Finding.well(text, "connected, and trusted"))
                .recover(
                        refused -> Future.succeededFuture(
                                Finding.wrong(
                                        text,
                                        "its certificate is not trusted: " + refused.getMessage(),
                                        "have it cover the name and bring its chain; an authority of your own goes to delivery.caFile")));
    }
}
