package dev.sluice.sim.redis;

/** One command. */
@FunctionalInterface
interface Handler {
    Object run(Database data, Arguments given);
}
