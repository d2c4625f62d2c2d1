package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.policy.Split.Part;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.DeafPort;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.SlowRelay;
import dev.sluice.testing.TlsServer;
import io.vertx.core.http.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts an attempt had, over real connections; how long each took is for {@code CourseTest}. */
class TimeSplitTest {
    private static final String HOST = "hooks.example";
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Map<String, List<InetAddress>> HOSTS = Map.of(
            HOST,
            List.of(address(HOST, "127.0.0.1")),
            "two.example",
            List.of(address("two.example", "127.0.0.2"), address("two.example", "127.0.0.1")));

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness =
            new SendingHarness(SendingHarness.config(List.of("127.0.0.0/8", "::1")), HOSTS);

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    private static Webhook secure(int port) {
        return Webhooks.to("https://%s:%d/".formatted(HOST, port))
                .tls(new TlsProfile(null, null, pem("ca.pem")))
                .timeout(Duration.ofSeconds(4))
                .build();
    }

    private static Webhook hasty(String url) {
        return Webhooks.to(url).timeout(SHORT).build();
    }

    /** With the sum of their times held against the whole. */
    private static Set<Part> parts(Answer answer) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        int sum = 0;
        for (Part part : Part.values()) {
            int ms = answer.split().of(part);
            if (ms != Split.NONE) {
                parts.add(part);
                sum += ms;
            }
        }
        assertThat(sum).isBetween(0, (int) answer.took().toMillis());
        return parts;
    }

    @Test
    void aNewConnectionIsMadeAndAKeptOneIsThere() {
        Answer first = harness.send(Webhooks.at(endpoint.url()));
        Answer second = harness.send(Webhooks.at(endpoint.url()));
        assertThat(parts(first)).containsExactly(Part.CONNECT, Part.FIRST_BYTE, Part.BODY);
        assertThat(parts(second)).containsExactly(Part.FIRST_BYTE, Part.BODY);
        assertThat(first.split().isOnKeptConnection()).isFalse();
        assertThat(second.split().isOnKeptConnection()).isTrue();
    }

    @Test
    void aNameThatIsKnownIsNotLookedUp() {
        String url = "http://%s:%d/".formatted(SendingHarness.FOUND_HOST, endpoint.port());
        assertThat(parts(harness.send(Webhooks.at(url))))
                .containsExactly(Part.DNS, Part.CONNECT, Part.FIRST_BYTE, Part.BODY);
        assertThat(parts(harness.send(Webhooks.at("http://%s:%d/".formatted(HOST, endpoint.port())))))
                .doesNotContain(Part.DNS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tlsIsToldFromConnectingOverEachHttp(boolean http2) {
        try (TlsServer server = new TlsServer("server", http2, ClientAuth.NONE)) {
            Answer first = harness.send(secure(server.port()));
            harness.send(secure(server.port())); // the first connection may be of the client that asks which HTTP it is
            Answer third = harness.send(secure(server.port()));
            assertThat(parts(first)).containsExactly(Part.CONNECT, Part.TLS, Part.FIRST_BYTE, Part.BODY);
            assertThat(parts(third)).containsExactly(Part.FIRST_BYTE, Part.BODY);
        }
    }

    @Test
    void manyThatWaitForOneConnectionWaitForItsParts() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            List<Answer> answers = harness.sendAtOnce(secure(server.port()), 20);
            assertThat(answers).allSatisfy(answer -> assertThat(parts(answer)).contains(Part.FIRST_BYTE, Part.BODY));
            assertThat(answers).anySatisfy(answer -> assertThat(parts(answer)).contains(Part.CONNECT, Part.TLS));
        }
    }

    @Test
    void aNameThatIsNotFoundFailsInDns() {
        Answer.Failure failure = harness.failed(Webhooks.at("http://nowhere.example/"));
        assertThat(failure.failedIn()).isEqualTo(Part.DNS);
        assertThat(parts(failure)).containsExactly(Part.DNS);
    }

    @Test
    void aLookUpThatDoesNotEndFailsInDns() {
        Answer.Failure failure = harness.failed(hasty("http://" + SendingHarness.SILENT_HOST));
        assertThat(failure.failedIn()).isEqualTo(Part.DNS);
        assertThat(failure.split().dns()).isPositive();
    }

    @Test
    void aPortWhereNobodyListensFailsInConnecting() {
        ScriptedEndpoint gone = new ScriptedEndpoint();
        gone.close();
        Answer.Failure failure = harness.failed(Webhooks.at(gone.url()));
        assertThat(failure.failedIn()).isEqualTo(Part.CONNECT);
        assertThat(parts(failure)).containsExactly(Part.CONNECT);
        Answer.Failure secure = harness.failed(secure(gone.port()));
        assertThat(secure.failedIn()).isEqualTo(Part.CONNECT);
        assertThat(parts(secure)).containsExactly(Part.CONNECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aPortThatTakesNoConnectionFailsInConnectingAtItsTimeLimit(String scheme) throws IOException {
        try (DeafPort deaf = new DeafPort("127.0.0.1", 0);
                SendingHarness soon = new SendingHarness(
                        List.of("127.0.0.1"), HOSTS, Manner.NONE, options -> options.setConnectTimeout(300))) {
            Answer.Failure failure = soon.failed(Webhooks.at("%s://%s:%d/".formatted(scheme, HOST, deaf.port())));
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.failedIn()).isEqualTo(Part.CONNECT);
            assertThat(failure.split().connect()).isPositive();
        }
    }

    @Test
    void aHandshakeThatEndsInAnErrorFailsInTls() {
        endpoint.greets("220 mail.example ESMTP\r\n");
        Answer.Failure failure = harness.failed(secure(endpoint.port()));
        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure.failedIn()).isEqualTo(Part.TLS);
        assertThat(parts(failure)).containsExactly(Part.CONNECT, Part.TLS);
    }

    @Test
    void aCertificateThatNobodyTrustsFailsInTls() {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE)) {
            Answer.Failure failure = harness.failed(Webhooks.at("https://%s:%d/".formatted(HOST, server.port())));
            assertThat(failure.kind()).isEqualTo(Kind.TLS);
            assertThat(failure.failedIn()).isEqualTo(Part.TLS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, "two.example"})
    void aHandshakeThatIsNotAnsweredFailsInTlsAtTheDeadline(String host) {
        try (TlsServer server = new TlsServer("server", true, ClientAuth.NONE);
                SlowRelay silent = new SlowRelay(server.port(), "127.0.0.2", 0);
                SlowRelay other = new SlowRelay(server.port(), "127.0.0.1", silent.port())) {
            harness.send(secure(server.port())); // has read the certificates
            Answer.Failure failure = harness.failed(Webhooks.to("https://%s:%d/".formatted(host, silent.port()))
                    .tls(new TlsProfile(null, null, pem("ca.pem")))
                    .timeout(Duration.ofMillis(600))
                    .build());
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.failedIn()).isEqualTo(Part.TLS);
            assertThat(failure.split().tls()).isPositive();
            assertThat(other.accepted()).isPositive();
        }
    }

    @Test
    void anEndpointThatSaysNothingFailsBeforeTheFirstByte() {
        endpoint.answers(Reply.silence());
        Answer.Failure failure = harness.failed(hasty(endpoint.url()));
        assertThat(failure.failedIn()).isEqualTo(Part.FIRST_BYTE);
        assertThat(parts(failure)).containsExactly(Part.CONNECT, Part.FIRST_BYTE);
        assertThat(failure.split().firstByte()).isPositive();
    }

    @Test
    void anAnswerWithoutItsEndHasABodyThatWasWaitedFor() {
        endpoint.answers(EndpointHarness.chunked("5\r\nhello\r\n"));
        Answer answer = harness.send(hasty(endpoint.url()));
        assertThat(answer).isInstanceOf(Answer.Status.class);
        assertThat(parts(answer)).containsExactly(Part.CONNECT, Part.FIRST_BYTE, Part.BODY);
        assertThat(answer.split().body()).isPositive();
    }

    @Test
    void anAddressThatIsForbiddenFailsInNoneOfThem() {
        Answer.Failure failure = harness.failed(Webhooks.at("http://10.1.2.3/"));
        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.failedIn()).isNull();
        assertThat(failure.split()).isEqualTo(Split.UNKNOWN);
    }

    @Test
    void aRequestThatIsSentAgainHasThePartsOfTheLastTry() {
        harness.send(Webhooks.at(endpoint.url()));
        endpoint.answers(Reply.close(), Reply.status(200));
        Answer answer = harness.send(Webhooks.at(endpoint.url()));
        assertThat(answer.sentAgain()).isEqualTo(SentAgain.STALE);
        assertThat(parts(answer)).containsExactly(Part.CONNECT, Part.FIRST_BYTE, Part.BODY);
    }

    @Test
    void aTestHasThemToo() {
        assertThat(parts(harness.test(Webhooks.at(endpoint.url())).answer()))
                .containsExactly(Part.CONNECT, Part.FIRST_BYTE, Part.BODY);
    }
}
