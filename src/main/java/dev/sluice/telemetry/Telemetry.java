package dev.sluice.telemetry;

import dev.sluice.delivery.BacklogListener;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.history.HistoryListener;
import dev.sluice.fanout.FanoutListener;
import dev.sluice.fault.FaultListener;
import dev.sluice.http.tls.Renewal;
import dev.sluice.ingest.IngestListener;
import dev.sluice.journal.JournalListener;
import dev.sluice.memory.Scarcity;
import dev.sluice.redis.fitness.FitnessWatch;
import dev.sluice.replay.ReplayListener;
import dev.sluice.statistics.TopListener;
import dev.sluice.time.Ticker;
import dev.sluice.trace.Sampler;
import dev.sluice.trace.TraceListener;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The listeners that turn what the stages tell into meters, and the page that Prometheus reads. Any thread. */
public final class Telemetry implements AutoCloseable {
    /** Routes are those of the code, and codes are what it answers. */
    private static final Set<Label> LABELS = EnumSet.of(Label.LOCAL, Label.HTTP_ROUTE, Label.HTTP_CODE);
    /** Methods that somebody may have a reason to send: a client can write any word there. */
    private static final Map<String, Tags> METHODS = Stream.of(
                    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
            .collect(Collectors.toUnmodifiableMap(method -> method, method -> Tags.of("method", method)));

    /** By what Prometheus expects of a name; the first is told as {@code process.cpu}, in seconds. */
    private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

    private static final Tags OTHER_METHOD = Tags.of("method", "other");

    /** Vert.x gives all registries of one name that of the first: what several pods in one JVM would share. */
    private final String registryName = "sluice-" + UUID.randomUUID();

    private final PrometheusMeterRegistry registry;
    private final Meters meters;
    private final DelayMeters delays;
    private final WaitingMeters waiting;
    private final RedisMeters redis;
    private final AtomicLong drainsForced = new AtomicLong();
    private volatile LongSupplier openedByOthers = () -> 0;
    private final LoopMeters loops;
    private final ProcessMeters process;
    private final FlowMeters flow;
    private final Heartbeats heartbeats;
    private final Exemplars exemplars;
    private final AtomicReference<PodState> state = new AtomicReference<>(PodState.STARTING);

    public Telemetry(Heartbeats heartbeats, String version) {
        this(heartbeats, version, Sampler.NONE);
    }

    /** @param sampler which events may be exemplars */
    public Telemetry(Heartbeats heartbeats, String version, Sampler sampler) {
        this.exemplars = new Exemplars(sampler);
        this.registry = registry(exemplars);
        this.meters = new Meters(registry);
        this.delays = new DelayMeters(registry, InstantSource.system(), exemplars);
        this.waiting = new WaitingMeters(registry, Ticker.SYSTEM);
        this.flow = new FlowMeters(meters, waiting);
        this.redis = new RedisMeters(registry);
        this.heartbeats = heartbeats;
        this.loops = new LoopMeters(registry, heartbeats);
        meters.pod(version, state);
        this.process = new ProcessMeters(registry);
    }

    /**
     * A Vert.x that meters its HTTP servers, here and nowhere else: the other domains cost time on each message and
     * command, and the pools would have a label for each address that is called. The address that is listened on tells the
     * two listeners apart. No label holds what a client made up, or clients would make meters.
     */
    public Vertx vertx(VertxOptions options, Transport transport) {
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setRegistryName(registryName)
                .setLabels(LABELS)
                .setServerRequestTagsProvider(
                        request -> METHODS.getOrDefault(request.method().name(), OTHER_METHOD));
        for (MetricsDomain domain : MetricsDomain.values()) {
            if (domain != MetricsDomain.HTTP_SERVER) {
                metrics.addDisabledMetricsCategory(domain);
            }
        }
        Vertx vertx = Vertx.builder()
                .with(LoopWatch.options(options).setMetricsOptions(metrics))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .withTransport(transport)
                .build();
        new LoopWatch(Ticker.SYSTEM, loops::held).over(vertx);
        return vertx;
    }

    public void is(PodState now) {
        state.set(now);
    }

    PodState state() {
        return Objects.requireNonNull(state.get());
    }

    /** The Redis client is in no domain that could be disabled, and registers the same gauge with each connection. */
    private static PrometheusMeterRegistry registry(Exemplars exemplars) {
        PrometheusMeterRegistry registry = exemplars.isOn()
                ? new PrometheusMeterRegistry(
                        PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, exemplars)
                : new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("vertx.redis."))
                .meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
        return registry;
    }

    int loopsLate() {
        return heartbeats.late();
    }

    public long attemptsInFlight() {
        return meters.inFlight.sum();
    }

    /** In the Prometheus text format. */
    public String scrape() {
        return registry.scrape();
    }

    boolean hasExemplars() {
        return exemplars.isOn();
    }

    String scrape(String type) {
        return registry.scrape(type);
    }

    @Override
    public void close() {
        process.close();
        registry.close();
    }

    public IngestListener ingest() {
        return flow.ingest();
    }

    public JournalListener journal() {
        return flow.journal();
    }

    /**
     * @param followed among how many partitions this pod spreads events without a key
     * @param set      what its settings say
     */
    public void partitions(IntSupplier followed, int set) {
        partitions("redis", followed);
        partitions("settings", () -> set);
    }

    private void partitions(String said, IntSupplier count) {
        Gauge.builder("sluice.journal.partitions", count::getAsInt)
                .description(
                        "Partitions of the events without a key, as Redis has it, which this pod goes by, and as its"
                                + " settings have it")
                .tag("said", said)
                .register(registry);
    }

    public void memory(Scarcity scarcity) {
        MemoryMeters.register(registry, scarcity);
    }

    public FitnessWatch.Listener redis() {
        return redis;
    }

    /** @param opened how many were opened by another key than the one that seals */
    public void secrets(LongSupplier opened) {
        openedByOthers = opened;
        FunctionCounter.builder("sluice.secrets.opened.by.other.keys", this, all -> all.openedByOthers.getAsLong())
                .description("Secrets that were sealed with one of secrets.otherKeys, and opened with it")
                .register(registry);
    }

    /** @param listener as its settings are called, whose certificate it is */
    public Renewal.RenewalListener certificate(String listener) {
        return new CertificateMeters(registry, listener);
    }

    /** Told how many drains of all pods were ended by force. */
    public LongConsumer drains() {
        return total -> {
            drainsForced.set(total);
            meters.drainsForced(drainsForced);
        };
    }

    public FanoutListener fanout() {
        return flow.fanout();
    }

    public FaultListener faults() {
        return new FaultListener() {
            @Override
            public void failed(String what) {
                meters.faults(what).increment();
            }

            @Override
            public void unreadable(String kind) {
                meters.unreadable(kind).increment();
            }
        };
    }

    /** Told of webhooks whose meters name them. */
    public TopListener topWebhooks() {
        return new WebhookMeters(registry);
    }

    /** To be called where something is traced: meters of nothing would be noise. */
    public TraceListener tracing() {
        Counter exported = meters.spans("exported");
        Counter dropped = meters.spans("dropped");
        return new TraceListener() {
            @Override
            public void exported(int spans) {
                exported.increment(spans);
            }

            @Override
            public void dropped(int spans) {
                dropped.increment(spans);
            }
        };
    }

    public HistoryListener history() {
        return meters.historyDropped::increment;
    }

    public ReplayListener replay() {
        return new ReplayListener() {
            @Override
            public void queued(long deliveries) {
                meters.deliveriesReplayed.increment((double) deliveries);
            }

            @Override
            public void working(int change) {
                meters.replays.add(change);
            }
        };
    }

    public DeliveryListener delivery() {
        return new DeliveryMeters(meters, delays);
    }

    public BacklogListener backlog() {
        return waiting;
    }
}
