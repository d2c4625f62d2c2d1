package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.line.Pipeline;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More commands than a client or this pod takes at once. */
class PipeliningTest extends RedisLinkHarness {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private RedisLink link;

    @BeforeEach
    void connect() {
        link = open(Loop.target(REDIS.uri()));
    }

    @Test
    void pipelinesThousandsOfCommands() {
        List<Future<Response>> answers = new ArrayList<>();
        LOOP.get(() -> {
            IntStream.range(0, 5000)
                    .forEach(
                            i -> answers.add(link.send(Request.cmd(Command.INCR).arg("n"))));
            return Future.all(answers);
        });
        assertThat(answers.get(4999).result().toInteger()).isEqualTo(5000);
    }

    @Test
    void takesABatchThatIsLargerThanTheQueueOfTheClient() {
        int size = Pipeline.MOST_UNANSWERED + 1000;
        List<Request> requests = IntStream.range(0, size)
                .mapToObj(i -> Request.cmd(Command.INCR).arg("n"))
                .toList();
        List<Response> answers = LOOP.get(() -> link.batch(requests));
        assertThat(answers.stream().map(Response::toInteger))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, size).boxed().toList());
    }

    @Test
    void sendsInOrderWhatIsMoreThanTheClientTakesAtOnce() {
        int size = 3 * Pipeline.MOST_UNANSWERED;
        List<Future<Response>> answers = new ArrayList<>();
        LOOP.get(() -> {
            IntStream.range(0, size)
                    .forEach(
                            i -> answers.add(link.send(Request.cmd(Command.INCR).arg("n"))));
            assertThat(link.outstanding()).isEqualTo(size);
            return Future.all(answers);
        });
        assertThat(answers.stream().map(answer -> answer.result().toInteger()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, size).boxed().toList());
        assertThat(link.outstanding()).isZero();
    }

    @Test
    void refusesMoreThanMayBeOutstandingAndTakesTheNextWhenThereIsRoom() {
        List<Future<Response>> answers = new ArrayList<>();
        List<Throwable> refused = new ArrayList<>();
        LOOP.get(() -> {
            while (link.outstanding() < Pipeline.MOST_OUTSTANDING) {
                answers.add(link.send(Request.cmd(Command.PING)));
            }
            link.send(Request.cmd(Command.PING)).onFailure(refused::add);
            return Future.join(answers);
        });
        assertThat(refused).hasSize(1).first().isInstanceOf(RedisUnavailable.class);
        assertThat(LOOP.get(() -> link.send(Request.cmd(Command.PING))).toString())
                .isEqualTo("PONG");
    }

    @Test
    void failsWhatWaitsForItsPlaceWhenTheConnectionIsLost() {
        List<Throwable> failures = new ArrayList<>();
        LOOP.get(() -> {
            List<Future<Response>> sent = new ArrayList<>();
            link.send(Request.cmd(Command.BLPOP).arg("nothing").arg(0)).onFailure(failures::add);
            for (int i = 0; i < 2 * Pipeline.MOST_UNANSWERED; i++) {
                sent.add(link.send(Request.cmd(Command.PING)).onFailure(failures::add));
            }
            link.close();
            return Future.join(sent).otherwiseEmpty();
        });
        assertThat(failures)
                .hasSize(2 * Pipeline.MOST_UNANSWERED + 1)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(RedisUnavailable.class));
    }
}
