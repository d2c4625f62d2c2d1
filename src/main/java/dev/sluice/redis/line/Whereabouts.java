package dev.sluice.redis.line;

import dev.sluice.redis.address.RedisNode;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;

/** Which server to connect to; asked before each connection. */
public interface Whereabouts {
    /** Fails if nobody can say now. */
    Future<RedisNode> find();

    /** A last look before a connection is used; fails if it leads to the wrong server. */
    default Future<RedisConnection> verify(RedisConnection connection) {
        return Future.succeededFuture(connection);
    }

    /** Whether another server is the right one by now, as far as is known; asked about every second. */
    default Future<Boolean> hasLeft(RedisNode node) {
        return Future.succeededFuture(false);
    }

    /** Always the same one. */
    static Whereabouts at(RedisNode node) {
        return () -> Future.succeededFuture(node);
    }
}
