package dev.sluice.sim.redis;

import static dev.sluice.sim.redis.Chance.words;

import dev.sluice.redis.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Calls of the scripts about the parked deliveries of one webhook. */
final class ParkedCalls {
    private static final List<String> KEYS =
            List.of("due:w", "wake", "rest:w", "dead:w", "graves", "backlog:w", "chains:w", "bursts:w", "rests");
    private static final List<String> SHARED =
            List.of("w t", "delivery:", "chain:w:", "864000000", "172800000", "body:");

    private final Chance chance;

    ParkedCalls(Chance chance) {
        this.chance = chance;
    }

    private static ScriptUse use(String name, Object... own) {
        return new ScriptUse(
                Script.load("lua/parked.lua", "lua/" + name + ".lua").evenWhenFull(), KEYS, words(SHARED, words(own)));
    }

    private static ScriptUse bare(String name, List<String> keys, Object... own) {
        return new ScriptUse(Script.load("lua/" + name + ".lua"), keys, words(own));
    }

    List<Supplier<ScriptUse>> all() {
        List<Supplier<ScriptUse>> all = new ArrayList<>();
        for (int often = 0; often < 6; often++) {
            all.add(() -> use("delivery-write", write()));
        }
        for (int often = 0; often < 3; often++) {
            all.add(() -> use(
                    "delivery-claim",
                    chance.pick("1", "3"),
                    "900000",
                    chance.life(),
                    chance.pick("30", "100000"),
                    chance.pick("due", "due", "asked", "probe")));
        }
        all.add(() -> use("delivery-renew", "1800000", chance.life(), "1", "pod-c", chance.deliveries()));
        all.add(() -> use("delivery-free", chance.pick("pod-a", "pod-b"), "", "3600000"));
        all.add(() -> use("delivery-backlog", "20"));
        all.add(() -> use("history-retry", chance.delivery()));
        all.add(() -> use("dead-retry", chance.deliveries()));
        all.add(this::rarelyPurge);
        all.add(() -> new ScriptUse(
                Script.load("lua/parked.lua", "lua/delivery-replayed.lua"), words(KEYS, "replayed:1"), SHARED));
        all.add(() -> new ScriptUse(
                Script.load("lua/parked.lua", "lua/delivery-write.lua"),
                words(KEYS, "replayed:1"),
                words(SHARED, replayed())));
        all.add(() -> bare("dead-count", List.of("due:w", "dead:w"), "864000000"));
        all.add(() -> use("dead-purge", chance.deliveries()));
        all.add(() -> bare("delivery-body", List.of("body:" + large()), "large", "900000"));
        all.add(() -> bare("delivery-blocked", List.of("chains:w"), chance.pick("1", "9")));
        all.add(() -> bare("delivery-hands", List.of("wake"), "0", "backlog:", chance.pick("pod-a", "pod-b")));
        all.add(() -> bare("delivery-rest", KEYS.subList(0, 3), "w t", chance.delay(), chance.pick("0", "1")));
        all.add(() -> bare("delivery-wake", List.of("wake", "rests"), "64", "900000", "0-0"));
        all.add(() -> bare(
                "delivery-waiting",
                List.of("wake", "graves", "waiting" + chance.below(30)),
                words("due:", "rest:", "backlog:", "dead:", "100", "900000")));
        return all;
    }

    /** One of two large events. */
    private String large() {
        return chance.pick("evt_a", "evt_b");
    }

    private ScriptUse rarelyPurge() {
        return chance.below(8) == 0 ? use("delivery-purge", "1000", "900000") : use("delivery-backlog", "2");
    }

    private List<String> limits() {
        List<String> limits =
                List.of(chance.pick("0", "0", "0", "900000"), "900000", chance.pick("4", "1000"), "100000");
        return words(limits, chance.below(3) == 0 ? List.of("1", large()) : List.of("0"));
    }

    private List<String> write() {
        List<String> all = new ArrayList<>(limits());
        for (int i = chance.below(3); i >= 0; i--) {
            all.addAll(record());
        }
        return all;
    }

    private List<String> replayed() {
        List<String> step = words("step", chance.pick("", "5-0"), chance.pick("5-0", "9-0"), "3", "2");
        return words(limits(), step, "again", chance.delivery(), body(true), "revive", chance.delivery());
    }

    private List<String> record() {
        String id = chance.delivery();
        String fence = chance.pick("-1", "-1", "0", "1");
        boolean isWhole = fence.equals("-1") || chance.below(3) == 0;
        return switch (chance.pick(
                "park", "park", "park", "keep", "merge", "merge", "back", "bury", "finish", "revive")) {
            case "park" -> words("park", id, fence, chance.delay(), chance.pick("0", "0", "900000"), body(isWhole));
            case "keep" -> words("keep", id, chance.life(), body(true));
            case "merge" -> words("merge", id, chance.pick("slot1", "slot2"), chance.delay(), "1800000", body(true));
            case "back" -> words("back", id, fence, chance.pick("0", "1732812345678"), body(isWhole));
            case "bury" -> words("bury", id, fence, "no more attempts", chance.pick("0", "900000"), body(isWhole));
            case "finish" -> words("finish", id, fence);
            default -> words("revive", id);
        };
    }

    private List<String> body(boolean isWhole) {
        return words(
                chance.pick("", "", "k1", "k2"),
                isWhole ? "120" : "0",
                isWhole && chance.below(3) == 0 ? large() : "",
                "4",
                "$attempts",
                chance.pick("0", "1"),
                chance.pick("$data", "$packed"),
                chance.pick("2p[]\n{}", "15p[]\n{\"some\":\"more\"}"));
    }
}
