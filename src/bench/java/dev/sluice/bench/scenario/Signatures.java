package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.worker.EventSpec;
import dev.sluice.bench.worker.EventSpec.Format;
import dev.sluice.bench.worker.Signed;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Webhooks of another system, taken as they come: of a sender that brings a token, and of one that signs as GitHub does. And
 * plain events beside them, of the same size.
 */
final class Signatures implements Scenario {
    private static final String PLAIN = "a plain event, beside sources";
    private static final String TOKEN = "to a source, with a token";
    private static final String SIGNED = "to a source, signed";
    private static final double BUDGET = 1.25;

    private final Stint plain;
    private final Stint token;
    private final Stint signed;

    Signatures(Rig rig) {
        plain = stint(rig, Format.JSON, "bench-plain");
        rig.gateway()
                .createSource(source("bench-token")
                        .put("auth", new JsonObject().put("type", "token").put("token", Signed.SECRET)));
        token = stint(rig, Format.SOURCE, "bench-token");
        rig.gateway()
                .createSource(source("bench-signed")
                        .put(
                                "auth",
                                new JsonObject()
                                        .put("type", "hmac")
                                        .put("from", "header:" + Signed.NAME)
                                        .put("prefix", "sha256=")
                                        .put("secret", Signed.SECRET)));
        signed = stint(rig, Format.SIGNED, "bench-signed");
    }

    /** Its events have its name. */
    private static JsonObject source(String name) {
        return new JsonObject()
                .put("name", name)
                .put("dialect", "generic")
                .put("rules", new JsonObject().put("attributes", new JsonObject().put("type", "text:" + name)));
    }

    private static Stint stint(Rig rig, Format format, String type) {
        rig.gateway().createWebhook(Rig.webhook(type, rig.receiver().url()));
        EventSpec events = EventSpec.single(type, Options.BODY_BYTES).in(format, 1);
        return new Stint(rig, Workload.of(events, Options.CONNECTIONS));
    }

    @Override
    public void warmUp() {
        plain.warmUp();
        token.warmUp();
        signed.warmUp();
    }

    @Override
    public List<Sample> measure() {
        return List.of(plain.measure(PLAIN), token.measure(TOKEN), signed.measure(SIGNED));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        BUDGET,
                        "gateway CPU per delivery, of a signed source / of one with a token",
                        results.ratios(SIGNED, List.of(TOKEN), Party.SUBJECT)),
                Finding.of(
                        "gateway CPU per delivery, of a source with a token / of a plain event",
                        results.ratios(TOKEN, List.of(PLAIN), Party.SUBJECT)));
    }
}
