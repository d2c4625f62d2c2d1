package dev.sluice.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.Checkpoint;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTest {
    private record Greeting(String text) implements LocalMessage {}

    private record Length(int characters) implements LocalMessage {}

    @Test
    void handsTheMessageItselfToTheConsumer(Vertx vertx, VertxTestContext test) {
        Channel<Greeting> channel = new Bus(vertx).channel("greetings");
        Greeting sent = new Greeting("hello");
        channel.consume(got -> test.verify(() -> {
                    assertThat(got).isSameAs(sent);
                    test.completeNow();
                }))
                .onSuccess(listening -> channel.send(sent))
                .onFailure(test::failNow);
    }

    @Test
    void publishesToEveryConsumer(Vertx vertx, VertxTestContext test) {
        Channel<Greeting> channel = new Bus(vertx).channel("greetings");
        Checkpoint both = test.checkpoint(2);
        channel.consume(got -> both.flag())
                .compose(one -> channel.consume(got -> both.flag()))
                .onSuccess(listening -> channel.publish(new Greeting("hello")))
                .onFailure(test::failNow);
    }

    @Test
    void answersAQuestion(Vertx vertx, VertxTestContext test) {
        Exchange<Greeting, Length> exchange = new Bus(vertx).exchange("lengths");
        exchange.answer(question ->
                        Future.succeededFuture(new Length(question.text().length())))
                .compose(listening -> exchange.ask(new Greeting("hello")))
                .onComplete(test.succeeding(answer -> test.verify(() -> {
                    assertThat(answer).isEqualTo(new Length(5));
                    test.completeNow();
                })));
    }

    @Test
    void failsAQuestionThatNobodyListensTo(Vertx vertx, VertxTestContext test) {
        Exchange<Greeting, Length> exchange = new Bus(vertx).exchange("lengths");
        exchange.ask(new Greeting("hello")).onComplete(test.failingThenComplete());
    }

    @Test
    void failsAQuestionWhoseAnswerFailed(Vertx vertx, VertxTestContext test) {
        Exchange<Greeting, Length> exchange = new Bus(vertx).exchange("lengths");
        exchange.answer(question -> Future.failedFuture("no answer"))
                .compose(listening -> exchange.ask(new Greeting("hello")))
                .onComplete(test.failing(cause -> test.verify(() -> {
                    assertThat(cause).hasMessageContaining("no answer");
                    test.completeNow();
                })));
    }
}
