package dev.sluice.redis;

import dev.sluice.redis.address.RedisTarget;
import dev.sluice.testing.Loop;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links of an event loop, connected. */
abstract class RedisLinkHarness {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    static RedisLink open(RedisTarget target) {
        RedisLink link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), target, "test")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        return link;
    }
}
