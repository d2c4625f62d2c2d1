package dev.sluice.delivery.send.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.subscription.Auth;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.time.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final int LOOPS = 4;
    private static final Auth.OAuth2 CLIENT =
            new Auth.OAuth2(URI.create("https://auth.example"), "c", "s", null, null, Auth.ClientAuth.BASIC);

    private final Vertx vertx = Vertx.vertx();
    private final Context home = vertx.getOrCreateContext();
    private final List<Promise<TokenAnswer>> requests = new CopyOnWriteArrayList<>();
    private final AccessTokens tokens = on(home, () -> new AccessTokens(vertx, this::ask, Ticker.SYSTEM));

    private Future<TokenAnswer> ask(Auth.OAuth2 client) {
        Promise<TokenAnswer> answer = Promise.promise();
        requests.add(answer);
        return answer.future();
    }

    @AfterEach
    void close() {
        ScriptedEndpoint.await(vertx.close());
    }

    @Test
    void asksOnceForAllLoopsAndAnswersOnTheirOwn() {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int loop = 0; loop < LOOPS; loop++) {
            Context context = vertx.getOrCreateContext();
            answers.add(wanted(context));
            answers.add(wanted(context));
        }
        on(home, () -> null); // after all of these hops
        requests.forEach(request -> home.runOnContext(
                answer -> request.complete(new TokenAnswer(new Granted.Token("t"), Duration.ofHours(1)))));

        assertThat(answers)
                .hasSize(2 * LOOPS)
                .allSatisfy(answer -> assertThat(ScriptedEndpoint.await(answer)).isTrue());
        assertThat(requests).hasSize(1);
    }

    /** Whether the token came back on the context that asked. */
    private Future<Boolean> wanted(Context context) {
        Promise<Boolean> answer = Promise.promise();
        Promise<Void> asked = Promise.promise();
        context.runOnContext(turn -> {
            tokens.of(CLIENT)
                    .map(granted -> granted.equals(new Granted.Token("t")) && Vertx.currentContext() == context)
                    .onComplete(answer);
            asked.complete();
        });
        ScriptedEndpoint.await(asked.future());
        return answer.future();
    }

    private static <T> T on(Context context, java.util.function.Supplier<T> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> done.complete(action.get()));
        return ScriptedEndpoint.await(done.future());
    }
}
