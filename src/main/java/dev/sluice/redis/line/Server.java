package dev.sluice.redis.line;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.function.Function;

/**
 * One of the servers that hold data, for who must look at each.
 *
 * @param name for people; empty where there is only one
 * @param send to this one, whatever keys the command has
 */
public record Server(String name, Function<Request, Future<Response>> send) {}
