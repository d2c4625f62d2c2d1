package dev.sluice.system.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.fitness.Vitals;
import dev.sluice.system.Card;
import dev.sluice.system.Cards;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisCardsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private Cards cards;

    @BeforeEach
    void open() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "system")));
        LOOP.get(link::up);
        cards = new RedisCards(link);
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    private static Card card(String pod) {
        Instant start = Instant.parse("2026-11-28T10:00:00Z");
        return new Card(pod, "1.2.3", List.of("ingest", "api"), start, 2, 10, 100, true, List.of("short of memory"), 8);
    }

    private List<Cards.Seen> all() {
        return LOOP.get(() -> cards.all());
    }

    @Test
    void showsTheLatestCardOfEachPodUntilItEnds() {
        LOOP.get(() -> cards.show(card("b")));
        LOOP.get(() -> cards.show(card("a")));
        LOOP.get(() -> cards.show(card("a")));
        assertThat(all()).extracting(Cards.Seen::card).containsExactly(card("a"), card("b"));
        assertThat(all()).noneMatch(Cards.Seen::isGone);
        LOOP.get(() -> cards.remove("a"));
        assertThat(all()).extracting(seen -> seen.card().pod()).containsExactly("b");
    }

    @Test
    void showsAPodThatDiedForAnHour() {
        put("dead", "1 " + CardText.write(card("dead")));
        assertThat(all()).allMatch(Cards.Seen::isGone);
        LOOP.get(() -> cards.show(card("alive")));
        assertThat(all()).extracting(seen -> seen.card().pod()).containsExactly("alive");
    }

    @Test
    void leavesOutACardThatItCannotRead() {
        put("odd", "1 no card");
        put("odder", "none");
        assertThat(all()).isEmpty();
    }

    private void put(String pod, String text) {
        LOOP.get(() ->
                link.send(Request.cmd(Command.HSET).arg(Keys.CARDS).arg(pod).arg(text)));
    }

    @Test
    void asksEachServerWhatItIs() {
        List<dev.sluice.system.RedisServer> servers = LOOP.get(() -> new RedisServers(link).look());
        assertThat(servers).isNotEmpty().allSatisfy(server -> {
            assertThat(server.away()).isNull();
            assertThat(server.role()).isEqualTo("master");
            assertThat(server.version()).isNotEmpty();
            assertThat(server.memory()).isPositive();
            assertThat(server.replicas()).isEmpty();
        });
    }

    @Test
    void tellsHowFarReplicasAreBehind() {
        String info = """
                role:master
                master_repl_offset:100
                slave0:ip=10.0.0.2,port=6379,state=online,offset=58,lag=0
                """;
        assertThat(RedisServers.read("", Vitals.read(info)).replicas())
                .containsExactly(new dev.sluice.system.RedisServer.Replica("10.0.0.2:6379", "online", 42));
    }

    @Test
    void saysOfAServerThatIsGoneThatItIsAway() {
        REDIS.kill();
        List<dev.sluice.system.RedisServer> servers = LOOP.until(
                () -> new RedisServers(link).look(), found -> found.get(0).away() != null);
        assertThat(servers.get(0).away()).isNotEmpty();
    }
}
