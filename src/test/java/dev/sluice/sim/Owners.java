package dev.sluice.sim;

import java.util.List;

/** Every key of Redis has somebody who needs it, or an end. */
final class Owners {
    private final World world;

    Owners(World world) {
        this.world = world;
    }

    private Object ask(String... words) {
        return world.server.redis.execute(List.of(words));
    }

    /** When all is over: what does not run out by itself is one of those that are for good. */
    void judge() {
        for (String key : world.server.redis.keys()) {
            boolean isForGood = key.endsWith(":events")
                    || key.equals(World.PREFIX + "installation")
                    || key.equals(World.PREFIX + "counts")
                    || key.equals(World.PREFIX + "changes")
                    || key.contains("{t:");
            if (left(key) < 0 && !isForGood) {
                world.truth.violate("%s stays for good, and nobody owns it", key);
            }
        }
    }

    private long left(String key) {
        return world.server.redis.left(key);
    }

    /** Now and then, whatever is going on: the data of a large event is there as long as any of its deliveries. */
    void look() {
        for (String key : world.server.redis.keys()) {
            if (key.contains(":body:") && !key.endsWith(":of") && left(key) < 0 && !isHeld(key)) {
                world.truth.violate("%s has neither a delivery nor an end", key);
            } else if (key.contains(":delivery:") && ask("HGET", key, "$body") instanceof String event) {
                long ofBody = left(key.replaceFirst(":delivery:.*", ":body:") + event);
                if (ofBody != -1 && ofBody < Math.max(0, left(key))) {
                    world.truth.violate("%s outlives its body", key);
                }
            }
        }
        world.scheduler.after(Times.SECOND, this::look);
    }

    /** By those that are parked, and all that are said to be. */
    private boolean isHeld(String body) {
        String delivery = body.replaceFirst(":body:.*", ":delivery:");
        String event = body.replaceFirst(".*:body:", "");
        List<?> parked = (List<?>) ask("ZRANGE", body + ":of", "inf", "inf", "BYSCORE");
        return !parked.isEmpty() && parked.stream().allMatch(id -> event.equals(ask("HGET", delivery + id, "$body")));
    }
}
