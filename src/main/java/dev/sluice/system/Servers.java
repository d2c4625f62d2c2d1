package dev.sluice.system;

import io.vertx.core.Future;
import java.util.List;

/** The servers of Redis that hold data. Never fails: one that does not answer is told as such. Any thread. */
@FunctionalInterface
public interface Servers {
    Future<List<RedisServer>> look();
}
