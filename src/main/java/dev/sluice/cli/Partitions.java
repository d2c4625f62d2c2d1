package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Among how many partitions all pods spread events: what it is, and more of them. */
final class Partitions {
    private final Api api;

    Partitions(Api api) {
        this.api = api;
    }

    String look() {
        return text(api.partitions());
    }

    /** @throws CliFailure for no number, for fewer, and where a pod does not follow */
    String raise(String number) {
        JsonObject before = api.partitions();
        JsonObject after = api.raise(number(number));
        if (!behind(after).isEmpty()) {
            throw new CliFailure(
                    text(after)
                            + "\nthe others follow as soon as they reach Redis; the same command says so, as often as it is run");
        }
        int was = before.getInteger("partitions");
        int is = after.getInteger("partitions");
        return text(after) + (was == is ? "; they were as many before" : "; before it was " + was);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new CliFailure("partitions: %s (expected: a number, as 8)".formatted(text));
        }
    }

    private static String text(JsonObject now) {
        List<String> behind = behind(now);
        int pods = now.getInteger("pods");
        String who = behind.isEmpty()
                ? "%d of %d pods go by it".formatted(pods, pods)
                : "%d of %d pods go by it, but not %s".formatted(pods - behind.size(), pods, String.join(", ", behind));
        return "%d partitions; %s".formatted(now.getInteger("partitions"), who);
    }

    private static List<String> behind(JsonObject now) {
        return now.getJsonArray("behind", new JsonArray()).stream()
                .map(String::valueOf)
                .collect(Collectors.toList());
    }
}
