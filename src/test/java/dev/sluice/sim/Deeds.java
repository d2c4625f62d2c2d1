package dev.sluice.sim;

import java.util.List;
import java.util.function.Consumer;

/** What is done with the leases of keyed partitions, command by command: whose one is, nobody else reads under, or takes it. */
final class Deeds {
    private static final String LEASE = ":lease";
    private static final int SCRIPT = 3;

    private final SimServer server;
    private final Consumer<String> violation;

    Deeds(SimServer server, Consumer<String> violation) {
        this.server = server;
        this.violation = violation;
    }

    /** Executes it, and looks at what became of the lease that it is about, if it is. */
    Object execute(List<String> words) {
        boolean isAboutLease = words.size() > SCRIPT + 1
                && words.get(0).equals("EVALSHA")
                && words.get(SCRIPT).endsWith(LEASE);
        if (!isAboutLease) {
            return server.redis.execute(words);
        }
        String lease = words.get(SCRIPT);
        Object before = holder(lease);
        Object answer = server.redis.execute(words);
        Object after = holder(lease);
        int keys = Integer.parseInt(words.get(SCRIPT - 1));
        String caller = words.get(SCRIPT + keys);
        if (before != null && after != null && !before.equals(after)) {
            violation.accept("%s took %s from %s".formatted(after, lease, before));
        }
        if (keys > 1 && answer instanceof List<?> read && !read.isEmpty() && !caller.equals(before)) {
            violation.accept("%s read under %s, which %s has".formatted(caller, lease, before));
        }
        return answer;
    }

    private Object holder(String lease) {
        return server.redis.execute(List.of("GET", lease));
    }
}
