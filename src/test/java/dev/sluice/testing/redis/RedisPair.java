package dev.sluice.testing.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A master and a replica, of which either may become the other: what a Service or a name leads to is the master. For one thread. */
public final class RedisPair implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RedisProcess master = RedisProcess.start();
    private RedisProcess replica = RedisProcess.start("replicaof " + master.hostAndPort());

    public RedisPair() {
        awaitWhole();
    }

    public RedisProcess master() {
        return master;
    }

    public RedisProcess replica() {
        return replica;
    }

    /** The replica has what the master has. */
    public void awaitWhole() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions() // a server that becomes a replica cuts its connections
                .until(() -> master.command("INFO", "replication").contains("state=online"));
    }

    /** The master dies, and the replica is the master from now on. */
    public void promoteReplica() {
        master.kill();
        RedisProcess former = master;
        master = replica;
        replica = former;
        master.command("REPLICAOF", "NO", "ONE");
        master.command("CONFIG", "REWRITE");
    }

    /** The former master comes back, and has to take what the other one has. */
    public void takeBack() {
        replica.restart("--replicaof", master.hostAndPort());
        replica.command("CONFIG", "REWRITE");
        awaitWhole();
    }

    @Override
    public void close() {
        master.close();
        replica.close();
    }
}
