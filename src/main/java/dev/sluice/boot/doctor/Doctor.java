package dev.sluice.boot.doctor;

import dev.sluice.boot.RedisSettings;
import dev.sluice.boot.StartFailure;
import dev.sluice.config.RedisTlsConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.config.load.ConfigProblems;
import dev.sluice.delivery.send.address.DnsResolver;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.address.RedisAddress.Form;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.fitness.Checkup;
import dev.sluice.redis.fitness.Needs;
import dev.sluice.redis.fitness.RedisProbe;
import dev.sluice.redis.fitness.SentinelCheckup;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at all that a pod needs, and at URLs. Blocks. */
public final class Doctor {
    private static final String REDIS = "redis";

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    public Doctor(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** A line for each thing that was looked at. */
    public record Report(boolean isWell, List<String> lines) {}

    /** @param file of settings; null: the usual one */
    public Report examine(@Nullable String file, List<String> urls) {
        SluiceConfig config = settings(file);
        if (config != null) {
            secrets(config);
            certificates(config);
            Vertx vertx = Vertx.vertx(new VertxOptions().setAddressResolverOptions(DnsResolver.options()));
            try {
                outside(vertx, config, urls);
            } finally {
                vertx.close().await();
            }
        }
        boolean isWell = findings.stream().noneMatch(finding -> finding.level() == Finding.Level.WRONG);
        return new Report(isWell, findings.stream().map(Finding::toString).toList());
    }

    private @Nullable SluiceConfig settings(@Nullable String file) {
        try {
            SluiceConfig config = new ConfigLoader(environment).load(file == null ? null : Path.of(file));
            findings.add(Finding.well("settings", "understood"));
            return config;
        } catch (ConfigProblems problems) {
            findings.add(Finding.wrong(
                    "settings",
                    String.valueOf(problems.getMessage()),
                    "mend each; conf/sluice.yaml says what may be there"));
            return null;
        }
    }

    private void secrets(SluiceConfig config) {
        findings.add(Finding.of(
                "access",
                config.access().adminKey() == null ? "no access.adminKey" : "access.adminKey is set",
                config.access().adminKey() != null,
                "unless a key was made by the API, it listens on loopback only: set SLUICE_ACCESS_ADMIN_KEY"));
        if (config.secrets().key() != null) {
            findings.add(Finding.well("secrets.key", "32 bytes"));
        } else if (config.redis().uri() == null) {
            findings.add(Finding.well("secrets.key", "in " + config.data().dir()));
        } else {
            findings.add(Finding.wrong(
                    "secrets.key", "missing", "openssl rand -base64 32, the same on every pod, as SLUICE_SECRETS_KEY"));
        }
    }

    private void certificates(SluiceConfig config) {
        RedisTlsConfig tls = config.redis().tls();
        file("http.tls.certificateFile", config.http().tls().certificateFile());
        file("management.tls.certificateFile", config.management().tls().certificateFile());
        file("redis.tls.caFile", tls.caFile());
        file("redis.tls.certificateFile", tls.certificateFile());
        file("delivery.caFile", config.delivery().caFile());
    }

    private void file(String setting, @Nullable String file) {
        if (file != null) {
            findings.add(Certificate.ofFile(setting, file, clock.instant()));
        }
    }

    private void outside(Vertx vertx, SluiceConfig config, List<String> urls) {
        findings.addAll(redis(vertx, config));
        Endpoint endpoint = new Endpoint(vertx, config.delivery(), new DnsResolver(vertx), clock);
        urls.forEach(url -> findings.addAll(within(endpoint.look(url), url)));
    }

    private List<Finding> redis(Vertx vertx, SluiceConfig config) {
        String uri = config.redis().uri();
        if (uri == null) {
            return List.of(Finding.care(
                    REDIS, "embedded, in " + config.data().dir(), "for a desk only: set redis.uri for more"));
        }
        try {
            RedisTarget target = RedisSettings.target(config.redis(), uri);
            Needs needs = RedisSettings.needs(config);
            Future<List<Finding>> looked = RedisProbe.check(vertx, target, needs)
                    .map(fit -> List.of(Finding.well(REDIS, target + " holds what is promised")))
                    .recover(unfit -> Future.succeededFuture(List.of(Finding.wrong(
                            REDIS, String.valueOf(unfit.getMessage()), "events are refused until it is so"))))
                    .compose(found -> sentinels(vertx, target).map(more -> both(found, more)))
                    .compose(found -> checkups(vertx, target, needs).map(more -> both(found, more)));
            return within(looked, REDIS);
        } catch (StartFailure wrong) {
            return List.of(Finding.wrong(REDIS, String.valueOf(wrong.getMessage()), "mend the setting"));
        }
    }

    private static List<Finding> within(Future<List<Finding>> found, String what) {
        return found.timeout(1, TimeUnit.MINUTES)
                .recover(late -> Future.succeededFuture(List.of(
                        Finding.wrong(what, "no answer within a minute", "see whether it runs, and can be reached"))))
                .await();
    }

    private static List<Finding> both(List<Finding> first, List<Finding> more) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }

    private static Future<List<Finding>> sentinels(Vertx vertx, RedisTarget target) {
        return target.address().form() == Form.SENTINEL
                ? SentinelCheckup.of(vertx, target).map(SentinelFindings::of)
                : Future.succeededFuture(List.of());
    }

    /** Also while some of a cluster are away; of one that is alone, and is away, enough was said. */
    private Future<List<Finding>> checkups(Vertx vertx, RedisTarget target, Needs needs) {
        RedisLink link = RedisLink.open(vertx, target, "doctor");
        return link.up()
                .timeout(target.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(connected -> Checkup.of(link, Ticker.SYSTEM, clock))
                .map(all -> all.stream()
                        .filter(one -> one.away() == null || !one.server().isEmpty())
                        .flatMap(one -> RedisFindings.of(one, needs).stream())
                        .toList())
                .eventually(link::close);
    }
}
