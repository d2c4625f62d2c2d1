package dev.sluice.life.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.testing.LoggedLines;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDrainsTest {
    private static final Duration MOST = Duration.ofSeconds(30);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final LoggedLines lines = new LoggedLines(RedisDrains.class);
    private final List<Long> told = new ArrayList<>();
    private RedisLink link;
    private RedisDrains drains;

    @BeforeEach
    void open() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "drains")));
        LOOP.get(link::up);
        drains = new RedisDrains(link, told::add);
    }

    @AfterEach
    void close() {
        lines.close();
        LOOP.get(link::close);
    }

    private long forced() {
        LOOP.get(drains::look);
        return told.get(told.size() - 1);
    }

    @Test
    void aDrainThatComesToItsEndIsCountedByNobody() {
        LOOP.get(() -> drains.begun("a", MOST));
        LOOP.get(() -> drains.ended("a", true));
        assertThat(REDIS.command("EXISTS", "sluice:{life}:drains")).isEqualTo(":0");
        assertThat(forced()).isZero();
    }

    @Test
    void aDrainThatGaveSomethingUpIsCountedAtOnce() {
        LOOP.get(() -> drains.begun("a", MOST));
        assertThat(forced()).isZero();
        LOOP.get(() -> drains.ended("a", false));
        assertThat(forced()).isEqualTo(1);
    }

    @Test
    void whoIsKilledInItsDrainIsCountedOnceByThoseWhoAreLeftAndNamed() {
        LOOP.get(() -> drains.begun("killed", MOST));
        LOOP.get(() -> drains.begun("other", MOST));
        assertThat(forced()).isZero();

        REDIS.command("ZINCRBY", "sluice:{life}:drains", "-" + MOST.toMillis(), "killed");

        assertThat(forced()).isEqualTo(1);
        assertThat(forced()).isEqualTo(1);
        assertThat(lines.all()).singleElement().asString().startsWith("WARN").endsWith("pod=killed");
    }

    @Test
    void whoEndsByForceBehindItsTimeIsCountedOnce() {
        LOOP.get(() -> drains.begun("late", MOST));
        REDIS.command("ZINCRBY", "sluice:{life}:drains", "-" + MOST.toMillis(), "late");
        long counted = forced();
        LOOP.get(() -> drains.ended("late", false));
        assertThat(forced()).isEqualTo(counted);
    }
}
