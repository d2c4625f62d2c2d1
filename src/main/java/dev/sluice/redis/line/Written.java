package dev.sluice.redis.line;

import io.vertx.redis.client.Response;
import java.util.List;

/**
 * What came of a write.
 *
 * @param answers one for each command, in order
 * @param behind  one for each server that got one of them, of the command that was sent behind them
 */
public record Written(List<Response> answers, List<Response> behind) {}
