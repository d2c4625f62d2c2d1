package dev.sluice.boot;

import dev.sluice.config.FanoutConfig;
import dev.sluice.config.SluiceConfig;
import dev.sluice.delivery.send.transform.Transforms;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.memory.MemoryPlan;
import dev.sluice.memory.Purpose;
import dev.sluice.memory.Quota;
import dev.sluice.memory.Scarcity;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;

/** What the stages of this pod may hold, of the memory that this JVM has. Any thread. */
final class Quotas {
    /** Attributes, beside a body of the largest size. */
    private static final int ATTRIBUTES = 64 * 1024;

    final MemoryPlan plan;
    final Quota ingest;
    final Quota answers;
    final Pots pots;
    final Scarcity scarcity;
    private final FanoutConfig window;
    private final int loops;

    private Quotas(SluiceConfig config, MemoryPlan plan, int loops) {
        this.plan = plan;
        this.loops = loops;
        this.ingest = new Quota(plan.ingest());
        this.answers = new Quota(plan.answers());
        FanoutConfig wanted = config.fanout();
        this.window = new FanoutConfig(wanted.window(), Math.min(wanted.windowBytes(), plan.window()));
        int most = config.delivery().laneCapacity();
        List<Share> shares = new ArrayList<>();
        for (int fanout = 0; fanout < 2 * loops; fanout++) {
            FanoutConfig part = fanout < loops ? unordered() : ordered();
            shares.add(new Share(part.window(), most, part.windowBytes()));
        }
        Share parked = new Share(wanted.window(), most, plan.parked());
        Quota wire = new Quota(plan.wire());
        this.pots = new Pots(shares, parked, wire);
        this.scarcity = new Scarcity(List.of(
                Purpose.of("ingest", ingest),
                Purpose.asked("window", window.windowBytes(), pots::heldOfWindows),
                Purpose.asked("parked", plan.parked(), pots::heldOfParked),
                Purpose.of("wire", wire),
                Purpose.of("answers", answers),
                Purpose.of("transformations", Transforms.memory())));
    }

    static Quotas of(SluiceConfig config, int loops) {
        long memory = Math.min(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory());
        long largest = config.http().maxBodyBytes() + (long) ATTRIBUTES;
        return new Quotas(config, MemoryPlan.of(memory, largest), loops);
    }

    /** Of one fan-out that reads free partitions. */
    FanoutConfig unordered() {
        return window.share(loops).unordered();
    }

    /** Of one that reads keyed ones. */
    FanoutConfig ordered() {
        return window.share(loops).ordered();
    }

    /** Of one event loop. */
    long writes() {
        return Math.max(1, plan.writes() / loops);
    }
}
