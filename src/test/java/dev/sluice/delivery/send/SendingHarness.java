package dev.sluice.delivery.send;

import dev.sluice.config.CircuitConfig;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.config.ParkingConfig;
import dev.sluice.config.TransformConfig;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.send.address.DnsResolver;
import dev.sluice.delivery.send.address.OwnListeners;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The assembled sender on an event loop of its own, with a resolver that the test fills. */
public final class SendingHarness implements AutoCloseable {
    /** The look-up of this one never ends. */
    public static final String SILENT_HOST = "silent.example";

    /** 127.0.0.1, found a turn later. */
    public static final String FOUND_HOST = "found.example";

    public static final Instant NOW = Instant.ofEpochSecond(1_614_265_330, 987_654_321);

    private final OwnListeners own = new OwnListeners();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Map<String, List<InetAddress>> hosts;
    private final List<String> lookUps = new CopyOnWriteArrayList<>();
    private final Senders senders;
    private final Sender sender;
    private final TestSender tester;

    /** Where this pod is told to listen. */
    OwnListeners own() {
        return own;
    }

    public SendingHarness() {
        this(InstantSource.fixed(NOW));
    }

    public SendingHarness(InstantSource dates) {
        this(dates, config(List.of("127.0.0.0/8", "::1")), Map.of(), Manner.NONE, options -> {});
    }

    public SendingHarness(
            List<String> allowNetworks,
            Map<String, List<InetAddress>> hosts,
            Manner manner,
            Consumer<WebClientOptions> options) {
        this(InstantSource.fixed(NOW), config(allowNetworks), hosts, manner, options);
    }

    public SendingHarness(DeliveryConfig config, Map<String, List<InetAddress>> hosts) {
        this(InstantSource.fixed(NOW), config, hosts, Manner.NONE, options -> {});
    }

    private SendingHarness(
            InstantSource dates,
            DeliveryConfig config,
            Map<String, List<InetAddress>> hosts,
            Manner manner,
            Consumer<WebClientOptions> options) {
        this.hosts = hosts;
        Clocks clocks = new Clocks(dates, Ticker.SYSTEM, new VertxTimers(vertx));
        Senders.Outside outside = new Senders.Outside(() -> this::lookUp, wanted -> {
            options.accept(wanted);
            return wanted;
        });
        this.senders = on(() -> Future.succeededFuture(new Senders(vertx, config, clocks, "1.2.3", own, outside)));
        this.sender = on(() -> Future.succeededFuture(senders.open(manner, clocks)));
        this.tester = on(() -> Future.succeededFuture(senders.tester(manner, clocks)));
    }

    /** As {@link #config(List, String, String, String...)}, without CA and proxy. */
    public static DeliveryConfig config(List<String> allowNetworks) {
        return config(allowNetworks, null, null);
    }

    public static DeliveryConfig config(List<String> allowNetworks, String caFile, String proxy, String... noProxy) {
        return config(allowNetworks, true, caFile, proxy, List.of(noProxy));
    }

    /** Without HTTP/2. */
    public static DeliveryConfig http1(List<String> allowNetworks) {
        return config(allowNetworks, false, null, null, List.of());
    }

    private static DeliveryConfig config(
            List<String> allowNetworks, boolean http2, String caFile, String proxy, List<String> noProxy) {
        Duration second = Duration.ofSeconds(1);
        return new DeliveryConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                16,
                1000,
                List.of(second),
                0.1,
                Duration.ofDays(1),
                64,
                allowNetworks,
                http2,
                caFile,
                proxy,
                noProxy,
                Duration.ofDays(1),
                Duration.ofDays(30),
                DeliveryConfig.KeptAttempts.ALL,
                1000,
                Duration.ofDays(5),
                new ParkingConfig(1, second, second, 100, 1000, 1 << 20, second),
                new CircuitConfig(Duration.ofSeconds(30), 20, 0.5, second, second),
                new TransformConfig(second, 100, 1 << 20));
    }

    public Answer send(Event event, Webhook webhook, int number) {
        return on(() -> sender.send(new Attempt(event, webhook, number)));
    }

    /** With what {@link Attempt#mayGoOut} asks. */
    public Answer send(Webhook webhook, BooleanSupplier mayGoOut) {
        return on(() -> sender.send(new Attempt(event(), webhook, 1, mayGoOut)));
    }

    public Answer send(Webhook webhook) {
        return send(event(), webhook, 1);
    }

    /** The answer to an attempt that has started. */
    public Future<Answer> start(Webhook webhook) {
        return start(event(), webhook);
    }

    public Future<Answer> start(Event event, Webhook webhook) {
        Promise<Answer> answer = Promise.promise();
        on(() -> {
            sender.send(new Attempt(event, webhook, 1)).onComplete(answer);
            return Future.succeededFuture();
        });
        return answer.future();
    }

    /** Answers to attempts that start in the same turn. */
    public List<Answer> sendAtOnce(Webhook webhook, int times) {
        return on(() -> {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                answers.add(sender.send(new Attempt(event(), webhook, 1)));
            }
            return Future.all(answers).map(all -> all.<Answer>list());
        });
    }

    public Answer.Status answered(Webhook webhook) {
        return (Answer.Status) send(webhook);
    }

    public Answer.Failure failed(Webhook webhook) {
        return (Answer.Failure) send(webhook);
    }

    public Vertx vertx() {
        return vertx;
    }

    public Senders senders() {
        return senders;
    }

    public TestSender.Sent test(Webhook webhook) {
        return on(() -> tester.send(event(), webhook));
    }

    public List<String> lookUps() {
        return lookUps;
    }

    public <T> T on(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(turn -> action.get().onComplete(promise));
        return ScriptedEndpoint.await(promise.future());
    }

    @Override
    public void close() {
        ScriptedEndpoint.await(vertx.close());
    }

    private Future<List<InetAddress>> lookUp(String host) {
        lookUps.add(host);
        List<InetAddress> known = hosts.get(host);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        if (host.equals(SILENT_HOST)) {
            return Promise.<List<InetAddress>>promise().future();
        }
        if (host.equals(FOUND_HOST)) {
            Promise<List<InetAddress>> found = Promise.promise();
            context.runOnContext(later -> found.complete(List.of(address(host, "127.0.0.1"))));
            return found.future();
        }
        return host.matches("[0-9.]+|\\[.*]")
                ? new DnsResolver(vertx).resolve(host)
                : Future.failedFuture(new UnknownHostException(host + ": no such name"));
    }

    /** As DNS gives it: an address that knows the name that was asked for. */
    public static InetAddress address(String name, String literal) {
        try {
            return InetAddress.getByAddress(name, NetUtil.createByteArrayFromIpAddressString(literal));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static Event event() {
        return event("application/json", Buffer.buffer("{\"test\": 2432232314}"), null);
    }

    public static Event event(String contentType, Buffer data, String dialect, String... more) {
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, "invoice.paid")
                .set(Attributes.SOURCE, "/shop/1")
                .set(Attributes.TIME, "2021-02-25T15:02:10Z");
        if (contentType != null) {
            attributes.set(Attributes.DATA_CONTENT_TYPE, contentType);
        }
        for (int i = 0; i < more.length; i += 2) {
            attributes.set(more[i], more[i + 1]);
        }
        return new Event(new EventId("evt_p5jXN8AQM9LWM0D4loKWxJek"), attributes.build(), data, dialect);
    }
}
