package dev.sluice.delivery.send.http;

import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.http.wear.Habits;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.testing.Loop;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClientsTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final Clients clients = new Clients(
            LOOP.vertx(),
            new ClientOptions(SendingHarness.config(List.of()), Trust.with(null)),
            UnaryOperator.identity(),
            context -> context.next(),
            new Habits(Duration.ofSeconds(30), Ticker.SYSTEM, Jitter.NONE),
            2);

    private static TlsProfile profile(String name) {
        return new TlsProfile(null, null, name + "\n" + pem("ca.pem"));
    }

    @Test
    void makesASetForEachProfileAndKeepsIt() {
        WebClient usual = on(() -> used(null));
        WebClient first = on(() -> used(profile("a")));

        assertThat(first).isNotSameAs(usual);
        assertThat(on(() -> used(profile("a")))).isSameAs(first);
        assertThat(on(() -> used(null))).isSameAs(usual);
        assertThat(on(() -> clients.take(null).http2())).isNotSameAs(usual);
    }

    @Test
    void closesTheSetThatWasUsedLongestAgo() {
        WebClient first = on(() -> used(profile("a")));
        WebClient second = on(() -> used(profile("b")));
        on(() -> used(profile("a")));
        on(() -> used(profile("c")));

        assertThat(on(clients::size)).isEqualTo(2);
        assertThat(isOpen(first)).isTrue();
        assertThat(isOpen(second)).isFalse();
    }

    @Test
    void closesAnEvictedSetWhenNothingIsUnderWayOnIt() {
        Clients.Profile busy = on(() -> clients.take(profile("a")));
        WebClient client = on(busy::http1);
        on(() -> used(profile("b")));
        on(() -> used(profile("c")));
        assertThat(isOpen(client)).isTrue();

        on(() -> {
            busy.release();
            return true;
        });
        assertThat(isOpen(client)).isFalse();
    }

    @Test
    void keepsTheSetWithoutAProfileForEver() {
        WebClient usual = on(() -> used(null));
        for (int i = 0; i < 10; i++) {
            TlsProfile another = profile("p" + i);
            on(() -> used(another));
        }
        assertThat(isOpen(usual)).isTrue();
    }

    @Test
    void refusesAProfileThatIsNone() {
        assertThatThrownBy(() -> on(() -> used(new TlsProfile(null, null, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no PEM (expected: -----BEGIN CERTIFICATE-----)");
    }

    private WebClient used(TlsProfile tls) {
        Clients.Profile profile = clients.take(tls);
        WebClient client = profile.http1();
        profile.release();
        return client;
    }

    /** A closed client refuses at once, an open one when it finds that nobody listens. */
    private static boolean isOpen(WebClient client) {
        return LOOP.get(() -> Future.succeededFuture()
                .compose(go -> client.get(1, "127.0.0.1", "/").send())
                .transform(answer -> Future.succeededFuture(!(answer.cause() instanceof IllegalStateException))));
    }

    private static <T> T on(Supplier<T> action) {
        return LOOP.get(() -> Future.future(done -> done.complete(action.get())));
    }
}
