package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.policy.Split.Part;
import dev.sluice.delivery.send.address.DnsResolver;
import dev.sluice.delivery.send.address.OwnListeners;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole sender, over a name server that answers each question for an IPv4 address with 127.0.0.1, and others with nothing. */
class NameServersTest {
    private static final byte[] LOOPBACK = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1};
    private static final int ANSWERS = 7;
    private static final int IPV4 = 1;

    private final Vertx servers = Vertx.vertx();
    private final DatagramSocket names = servers.createDatagramSocket();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private Vertx vertx;
    private Context context;

    @AfterEach
    void close() {
        ScriptedEndpoint.await(vertx.close());
        ScriptedEndpoint.await(servers.close());
        endpoint.close();
    }

    private void answer(DatagramPacket packet) {
        Buffer answer = packet.data().copy();
        answer.setByte(2, (byte) 0x84); // an answer, and an authoritative one
        answer.setByte(3, (byte) 0x80);
        if (answer.getByte(answer.length() - 3) == IPV4) {
            answer.setByte(ANSWERS, (byte) 1).appendBytes(LOOPBACK);
        }
        names.send(answer, packet.sender().port(), packet.sender().host());
    }

    private Sender sender() {
        ScriptedEndpoint.await(names.handler(this::answer).listen(0, "127.0.0.1"));
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(DnsResolver.options()
                        .addServer("127.0.0.1:" + names.localAddress().port())
                        .setOptResourceEnabled(false)
                        .setSearchDomains(List.of())));
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, new VertxTimers(vertx));
        context = vertx.getOrCreateContext();
        return on(() -> Future.succeededFuture(
                new Senders(vertx, SendingHarness.config(List.of("127.0.0.0/8")), clocks, "1.2.3", new OwnListeners())
                        .open(Manner.NONE, clocks)));
    }

    private <T> T on(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(turn -> action.get().onComplete(promise));
        return ScriptedEndpoint.await(promise.future());
    }

    @Test
    void theTimeOfTheirAnswerIsOfTheAttemptThatAskedThem() {
        Sender sender = sender();
        Attempt attempt =
                new Attempt(SendingHarness.event(), Webhooks.at("http://hooks.test:%d/".formatted(endpoint.port())), 1);
        Answer first = on(() -> sender.send(attempt));
        Answer second = on(() -> sender.send(attempt));
        assertThat(endpoint.requests()).hasSize(2);
        assertThat(first.split().dns()).isNotNegative();
        assertThat(first.split().last()).isEqualTo(Part.BODY);
        assertThat(second.split().dns()).isEqualTo(Split.NONE);
        assertThat(second.split().isOnKeptConnection()).isTrue();
    }
}
