package dev.sluice.redis.fitness;

import java.time.Duration;

/**
 * What Redis must be able to do, so that what is promised with it holds.
 *
 * @param mayEvict somebody said that they take the loss
 * @param disk     it must say when something is on its disk
 * @param replicas that must have what is accepted; 0: none
 * @param patience for both
 */
public record Needs(boolean mayEvict, boolean disk, int replicas, Duration patience) {}
