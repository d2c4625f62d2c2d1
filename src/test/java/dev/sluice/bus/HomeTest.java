package dev.sluice.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HomeTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    @RegisterExtension
    static final Loop OTHER = new Loop();

    private final Home home = LOOP.get(() -> Future.succeededFuture(Home.here(LOOP.vertx())));

    private static Future<Thread> thread() {
        return Future.succeededFuture(Thread.currentThread());
    }

    @Test
    void worksThereAndAnswersWhereItWasAsked() {
        List<Thread> threads = new ArrayList<>();
        OTHER.get(() -> home.ask(HomeTest::thread).map(there -> {
            threads.add(there);
            return threads.add(Thread.currentThread());
        }));
        assertThat(threads).containsExactly(LOOP.get(HomeTest::thread), OTHER.get(HomeTest::thread));
    }

    @Test
    void worksAtOnceForWhoIsThere() {
        List<String> steps = new ArrayList<>();
        LOOP.run(() -> {
            home.ask(() -> {
                steps.add("work");
                return Future.succeededFuture();
            });
            steps.add("caller");
        });
        assertThat(steps).containsExactly("work", "caller");
    }

    /** The context of a consumer, of a request and of a response is a duplicate of the one that it lives on. */
    @Test
    void worksAtOnceForAConsumerThatIsThere() {
        List<String> steps = new ArrayList<>();
        Promise<Void> consumed = Promise.promise();
        LOOP.get(() -> LOOP.vertx()
                .eventBus()
                .localConsumer("home", message -> {
                    home.ask(() -> {
                        steps.add("work");
                        return Future.succeededFuture();
                    });
                    steps.add("consumer");
                    consumed.complete();
                })
                .completion());
        LOOP.get(() -> {
            LOOP.vertx().eventBus().send("home", "");
            return consumed.future();
        });
        assertThat(steps).containsExactly("work", "consumer");
    }

    @Test
    void wasMadeThereByAConsumer() {
        Promise<Home> made = Promise.promise();
        LOOP.get(() -> LOOP.vertx()
                .eventBus()
                .localConsumer("made", message -> made.complete(Home.here(LOOP.vertx())))
                .completion());
        Home ofConsumer = LOOP.get(() -> {
            LOOP.vertx().eventBus().send("made", "");
            return made.future();
        });
        List<String> steps = new ArrayList<>();
        LOOP.run(() -> {
            ofConsumer.ask(() -> {
                steps.add("work");
                return Future.succeededFuture();
            });
            steps.add("caller");
        });
        assertThat(steps).containsExactly("work", "caller");
    }

    @Test
    void worksThereForWhatBlocksAThreadOnItsBehalf() {
        Thread worked = LOOP.get(() -> LOOP.vertx()
                .<Future<Thread>>executeBlocking(() -> home.ask(HomeTest::thread))
                .compose(there -> there));
        assertThat(worked).isEqualTo(LOOP.get(HomeTest::thread));
    }

    @Test
    void answersThereToWhoHasNoContext() {
        assertThat(Vertx.currentContext()).isNull();
        Promise<String> work = Promise.promise();
        Future<Thread> answered = home.ask(work::future).map(done -> Thread.currentThread());
        LOOP.run(() -> work.complete("done"));
        assertThat(OTHER.get(() -> answered)).isEqualTo(LOOP.get(HomeTest::thread));
    }

    @Test
    void failsWithWhatTheWorkThrows() {
        assertThatThrownBy(() -> OTHER.get(() -> home.ask(() -> {
                    throw new IllegalStateException("no");
                })))
                .hasMessage("no");
    }
}
