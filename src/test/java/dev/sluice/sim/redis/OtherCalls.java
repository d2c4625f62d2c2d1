package dev.sluice.sim.redis;

import static dev.sluice.sim.redis.Chance.words;

import dev.sluice.redis.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Calls of the scripts that are not about parked deliveries. */
final class OtherCalls {
    private final Chance chance;

    OtherCalls(Chance chance) {
        this.chance = chance;
    }

    private static ScriptUse use(String name, List<String> keys, Object... arguments) {
        return new ScriptUse(Script.load("lua/" + name + ".lua"), keys, words(arguments));
    }

    List<Supplier<ScriptUse>> all() {
        List<Supplier<ScriptUse>> all = new ArrayList<>();
        access(all);
        journal(all);
        pace(all);
        life(all);
        stored(all);
        return all;
    }

    private void access(List<Supplier<ScriptUse>> all) {
        List<String> keys = List.of("access", "access:version");
        String admin = "{\"role\":\"admin\"}";
        String other = "{\"role\":\"ingest\"}";
        all.add(() -> use("access-add", keys, chance.pick("1", "2"), admin, "admin", chance.pick("0", "1")));
        all.add(() -> use("access-add", keys, "3", other, "ingest", chance.pick("0", "1")));
        all.add(() -> use(
                "access-remove",
                keys,
                chance.pick("1", "2", "3"),
                "admin",
                chance.pick("0", "1"),
                chance.pick("0", "1")));
    }

    private String name() {
        return chance.pick("done:1", "done:2", "done:3");
    }

    private void journal(List<Supplier<ScriptUse>> all) {
        List<String> lease = List.of("lease");
        List<String> stream = List.of("events");
        all.add(() -> use(
                "journal-append",
                List.of("named", name()),
                "900000",
                chance.pick("", "d1", "d2"),
                "0",
                "2",
                "2",
                "f",
                "1"));
        all.add(() -> use("journal-append", List.of("named", name()), "900000", "d1", "2", "0", "2", "f", "1"));
        all.add(() -> use(
                "journal-append",
                List.of("named", name(), name()),
                "900000",
                "",
                "0",
                "2",
                "0",
                "d1",
                "1",
                "2",
                "2",
                "f",
                "2"));
        all.add(() -> use("journal-former", List.of(name()), "900000", chance.pick("2", "4")));
        all.add(() -> use(
                "journal-count",
                List.of("counts"),
                chance.pick("4", "8"),
                chance.pick("0", "8", "16"),
                "30",
                "3",
                "2"));
        all.add(() -> use("journal-take", lease, chance.pick("a 1", "b 1"), "900000"));
        all.add(() -> use("journal-renew", lease, chance.pick("a 1", "b 1"), "1800000"));
        all.add(() -> use("journal-release", lease, chance.pick("a 1", "b 1", "c 1")));
        all.add(() -> use(
                "journal-read",
                List.of("lease", "events"),
                chance.pick("a 1", "b 1"),
                "fanout",
                chance.pick("pod-1", "pod-2"),
                chance.pick("1", "3"),
                chance.pick("0-0", "3-0", "5-0")));
        all.add(() -> use(
                "journal-settle",
                List.of("lease", "events"),
                chance.pick("a 1", "b 1"),
                "fanout",
                chance.pick("pod-1", "pod-2"),
                chance.pick("2-0", "5-0"),
                chance.pick("1", "1000")));
        all.add(() -> use("journal-inherit", stream, "fanout", "heir-1", chance.pick("0", "1", "5"), "pod"));
        all.add(() -> use("journal-forget", stream, "fanout", chance.pick("-1", "900000")));
        all.add(() -> use("journal-look", List.of("events", "lease"), "fanout"));
        all.add(() -> use(
                "journal-past",
                stream,
                chance.pick("-", "(3-0"),
                "+",
                chance.pick("2", "50"),
                chance.pick("3", "1000")));
        all.add(() -> use("journal-readers", List.of("readers"), chance.pick("pod-1", "pod-2"), "900000"));
    }

    private void pace(List<Supplier<ScriptUse>> all) {
        List<String> keys = List.of("pace", "rate");
        all.add(() -> use(
                "rate-take",
                List.of("rate"),
                chance.pick("1", "5"),
                "10",
                "86400000000",
                chance.pick("1", "4"),
                "3600000000"));
        all.add(() -> use("rate-back", List.of("rate"), "1", "1", "10", "86400000000"));
        all.add(() ->
                use("pace-slow", keys, "0", "1/1000", "900000", chance.pick("0", "900000000"), chance.pick("0", "1")));
        all.add(() -> use("pace-tell", List.of("pace"), chance.pick("0", "3")));
        all.add(() -> use("redis-pulse", List.of("pulse")));
    }

    private void life(List<Supplier<ScriptUse>> all) {
        all.add(() -> use("life-end", List.of("roll"), chance.pick("pod-a", "pod-b")));
        all.add(() -> use(
                "life-drains",
                List.of("drains", "forced"),
                chance.pick("pod-a", "pod-b"),
                chance.pick("900000", "0", "-1", "")));
        all.add(() ->
                use("life-turn", List.of("turn"), chance.pick("one", "other"), "900000", chance.pick("take", "back")));
        all.add(() -> use("system-show", List.of("cards"), chance.pick("pod-a", "pod-b"), "card", "900000"));
        all.add(() -> use("system-look", List.of("cards")));
    }

    private void stored(List<Supplier<ScriptUse>> all) {
        List<String> hooks = List.of("hooks", "hooks:version", "hooks:changes");
        String form = "{\"version\":%s}";
        all.add(() -> use(
                "registry-write",
                hooks,
                chance.pick("w1", "w2"),
                chance.pick("0", "1", "2"),
                chance.pick("", form.formatted(1), form.formatted(2)),
                "100"));
        all.add(() -> use("registry-changes", hooks, chance.pick("0", "1")));
        all.add(() -> use("registry-announce", List.of("changes"), "10000", "t", "w1"));
        all.add(() -> use(
                "source-write",
                List.of("sources", "sources:version"),
                chance.pick("s1", "s2"),
                chance.pick("0", "1", "-1"),
                chance.pick("", form.formatted(1))));
        all.add(() -> use(
                "source-seen",
                List.of("seen", "ruled"),
                "2",
                "1",
                "900",
                "1800",
                chance.pick("t:a", "t:b", "t:c", "r:x", "r:y"),
                "2",
                "1"));
        all.add(() -> use(
                "statistics-add",
                List.of("minutes", "hours"),
                "5",
                "1",
                "900000",
                "1800000",
                "1",
                "s200",
                "2",
                chance.pick("s404", "delivered"),
                "1"));
        List<String> log = List.of("attempts", "state");
        all.add(() -> use(
                "history-append",
                log,
                "3",
                "900000",
                "0",
                "1000",
                "t",
                chance.pick("0", "1"),
                chance.pick("0", "1"),
                chance.pick("", "last"),
                chance.pick("", "open", "closed"),
                "why",
                "line 1",
                "line 2"));
        all.add(() -> use("history-list", log, chance.pick("", "3"), "2"));
        all.add(() -> use("history-find", List.of("attempts"), "1"));
        List<String> replay = List.of("replays:due", "replays:of:w");
        all.add(() ->
                use("replay-start", replay, "replay:", chance.pick("1", "2", "3"), "2", "1732812345678", "from", "1"));
        all.add(() -> use("replay-take", replay.subList(0, 1), "replay:", chance.pick("0", "900000")));
        all.add(() -> use(
                "replay-save",
                List.of("replays:due", "replay:1"),
                "1",
                chance.pick("1", "2"),
                chance.pick("0", "900000"),
                "at",
                "5"));
        all.add(() -> use(
                "replay-end",
                List.of("replays:due", "replay:1", "replays:of:w"),
                "1",
                chance.pick("", "1"),
                "900000",
                "state",
                "ended"));
    }
}
