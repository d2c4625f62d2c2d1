package dev.sluice.delivery.stage;

import dev.sluice.bus.Bus;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.Webhooks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The delivery of one event loop in its world, with a webhook. */
abstract class StageHarness {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    static Bus bus;
    static int worlds;

    World world;
    Webhook webhook;

    @BeforeAll
    static void openBus() {
        bus = new Bus(LOOP.vertx());
    }

    @BeforeEach
    void begin() {
        world = new World(LOOP, bus, "settled." + worlds++, 0.5);
        webhook = world.save(Webhooks.webhook("wh_1", "**"));
    }

    /** As if it had been this one from the start. */
    void becomes(Webhook other) {
        world.store(other);
        webhook = other;
    }

    Webhook stored() {
        return world.registry.find("default", "wh_1").result().orElseThrow();
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
