package dev.sluice.sim;

import dev.sluice.event.EventId;
import dev.sluice.subscription.Webhook;
import java.util.ArrayList;
import java.util.List;

/** What Redis says of events and leases, to whoever judges the pods; it changes nothing. */
final class RedisSays {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    /** Of the partitions, as they stand in the ids of events. */
    private static final int FIRST_KEYED = 512;

    private final SimServer server;
    private final Troubles troubles;

    RedisSays(SimServer server, Troubles troubles) {
        this.server = server;
        this.troubles = troubles;
    }

    private Object ask(String... words) {
        return server.redis.execute(List.of(words));
    }

    /** What is still to be done. */
    List<String> unsettled() {
        List<String> open = new ArrayList<>();
        for (String key : server.redis.keys()) {
            if (key.contains(":due:")) {
                open.add(key + " " + ask("ZRANGE", key, "0", "3", "WITHSCORES"));
            } else if (key.endsWith(":events") && ask("XINFO", "GROUPS", key) instanceof List<?> groups) {
                for (Object group : groups) {
                    List<?> fields = (List<?>) group;
                    boolean isRead = Long.valueOf(0).equals(fields.get(11));
                    boolean isAcknowledged = fields.get(5).equals(0L);
                    if (!isRead || !isAcknowledged) {
                        open.add(key + " " + fields);
                    }
                }
            }
        }
        return open;
    }

    boolean isDead(Webhook webhook, String delivery) {
        return server.redis.keys().stream()
                .filter(key -> key.endsWith(":dead:" + webhook.id()))
                .anyMatch(key -> ask("ZSCORE", key, delivery) != null);
    }

    /** Somebody else has the lease on the partition from which the event is read. */
    boolean isForeignLease(SimPod pod, String event) {
        return troubles.isLeaseCertain()
                && server.redis.keys().stream()
                        .filter(key -> key.endsWith(":lease"))
                        .filter(key -> isPendingIn(key.replace(":lease", ":events"), event))
                        .map(key -> (String) ask("GET", key))
                        .anyMatch(holder -> holder != null && !holder.startsWith(pod.name + "-"));
    }

    /** As far as Redis knows; so it is taken to be where Redis may have lost that. */
    boolean holdsLease(SimPod pod, String event) {
        String partition = World.PREFIX + "{k" + (number(event, 20, 22) - FIRST_KEYED) + "-";
        return !troubles.isLeaseCertain()
                || server.redis.keys().stream()
                        .filter(key -> key.startsWith(partition) && key.endsWith(":lease"))
                        .anyMatch(key -> String.valueOf(ask("GET", key)).startsWith(pod.name + "-"));
    }

    private static long number(String event, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 32 + DIGITS.indexOf(event.charAt(i));
        }
        return number;
    }

    /** It is not parked: the journal has it still, and it is under way from there. */
    private boolean isPendingIn(String stream, String event) {
        boolean isParked =
                server.redis.keys().stream().anyMatch(key -> key.contains(":delivery:dlv_" + event.substring(4)));
        return !isParked
                && ask("XPENDING", stream, "fanout", "-", "+", "1000") instanceof List<?> pending
                && pending.stream().anyMatch(one -> isEntryOf(event, (String) ((List<?>) one).get(0)));
    }

    private static boolean isEntryOf(String event, String entry) {
        long sequence = Long.parseLong(entry.substring(entry.indexOf('-') + 1));
        return sequence == number(event, 14, 20) && entry.startsWith(new EventId(event).acceptedMillis() + "-");
    }
}
