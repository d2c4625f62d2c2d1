package dev.sluice.telemetry;

import java.util.List;

/**
 * What probes are told of Redis.
 *
 * @param isFit   events may be taken, somewhere at least
 * @param reasons for people, what is wrong; there may be some though it is fit, as when a part of a cluster is away
 */
public record RedisHealth(boolean isFit, List<String> reasons) {}
