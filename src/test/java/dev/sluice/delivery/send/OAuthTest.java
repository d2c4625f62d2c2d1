package dev.sluice.delivery.send;

import static dev.sluice.delivery.send.SendingHarness.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Auth.ClientAuth;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens from an authorization server, over real sockets. */
class OAuthTest {
    private final ScriptedEndpoint server = new ScriptedEndpoint().answers(token("t1"), token("t2"), token("t3"));
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    private final SendingHarness harness = new SendingHarness(List.of("127.0.0.1"), hosts, Manner.NONE, options -> {});

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
        server.close();
    }

    private static Reply token(String token) {
        return Reply.status(
                200,
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}".formatted(token),
                "content-type: application/json");
    }

    @Test
    void sendsTheTokenThatTheServerGave() {
        harness.answered(webhook());
        RecordedRequest asked = server.request();

        assertThat(endpoint.request().header("authorization")).isEqualTo("Bearer t1");
        assertThat(asked.line()).isEqualTo("POST /token?a=b HTTP/1.1");
        assertThat(asked.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.header("accept")).isEqualTo("application/json");
        assertThat(asked.header("user-agent")).isEqualTo("Sluice/1.2.3");
        assertThat(asked.text())
                .isEqualTo("grant_type=client_credentials&scope=a+b&audience=https%3A%2F%2Fapi.example");
    }

    @Test
    void encodesIdAndSecretBeforeTheyBecomeBasic() {
        harness.answered(webhook());
        String basic = server.request().header("authorization").substring("Basic ".length());

        assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.US_ASCII))
                .isEqualTo("my%3Aclient:s%26+%C3%A9");
    }

    @Test
    void putsThemIntoTheBodyWhereTheServerWantsThat() {
        harness.answered(webhook(ClientAuth.BODY));

        assertThat(server.request().headers("authorization")).isEmpty();
        assertThat(server.request().text()).endsWith("&client_id=my%3Aclient&client_secret=s%26+%C3%A9");
    }

    /** Of a token the body is what was asked for: it is waited for as long as the attempt has. */
    @Test
    void waitsForATokenThatComesLongAfterItsHead() {
        String token = "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}";
        server.answers((vertx, socket) -> {
            socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + token.length()
                    + "\r\n\r\n");
            vertx.setTimer(1300, later -> socket.write(token));
        });
        assertThat(harness.answered(webhook()).code()).isEqualTo(200);
    }

    @Test
    void asksOnceForManyAttempts() {
        harness.sendAtOnce(webhook(), 10);
        harness.answered(webhook());

        assertThat(server.requests()).hasSize(1);
        assertThat(endpoint.requests())
                .hasSize(11)
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).isEqualTo("Bearer t1"));
    }

    @Test
    void dropsATokenThatTheEndpointRefuses() {
        endpoint.answers(Reply.status(401), Reply.status(200));

        assertThat(harness.answered(webhook()).code()).isEqualTo(401);
        assertThat(harness.answered(webhook()).code()).isEqualTo(200);
        assertThat(endpoint.requests().get(1).header("authorization")).isEqualTo("Bearer t2");
    }

    @Test
    void doesNotAskForEachAttemptThatIsRefused() {
        endpoint.answers(Reply.status(401));
        for (int i = 0; i < 5; i++) {
            harness.send(webhook());
        }

        assertThat(server.requests()).hasSize(2);
        assertThat(endpoint.requests()).hasSize(5);
    }

    @Test
    void failsTheAttemptWithoutATokenAndLeavesTheServerAlone() {
        server.answers(Reply.status(401, "{\"error\":\"invalid_client\"}"));
        List<Answer> answers = harness.sendAtOnce(webhook(), 5);
        Answer.Failure later = harness.failed(webhook());

        assertThat(answers).allSatisfy(answer -> {
            assertThat(((Answer.Failure) answer).kind()).isEqualTo(Kind.AUTH);
            assertThat(((Answer.Failure) answer).detail()).endsWith(": 401 invalid_client");
        });
        assertThat(later.kind()).isEqualTo(Kind.AUTH);
        assertThat(later.detail()).doesNotContain("s&");
        assertThat(server.requests()).hasSize(1);
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void followsNoRedirectOfTheServer() {
        server.answers(Reply.status(307, "", "location: http://127.0.0.1:" + endpoint.port() + "/"));

        assertThat(harness.failed(webhook()).kind()).isEqualTo(Kind.AUTH);
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void readsOnlyTheBeginningOfWhatTheServerSays() {
        server.answers(Reply.status(200, "{\"x\":\"" + "x".repeat(17_000) + "\",\"access_token\":\"t\"}"));

        assertThat(harness.failed(webhook()).detail())
                .endsWith("no JSON with access_token or error within 16384 bytes");
    }

    @Test
    void guardsTheTokenUrlAsItDoesEndpoints() {
        hosts.put("auth.example", List.of(address("auth.example", "10.0.0.7")));
        Answer.Failure failure = harness.failed(webhook("http://auth.example/token", ClientAuth.BASIC));

        assertThat(failure.kind()).isEqualTo(Kind.AUTH);
        assertThat(failure.detail())
                .isEqualTo("no token from http://auth.example/token: auth.example is the address 10.0.0.7, which is not"
                        + " public and not in delivery.allowNetworks");
    }

    @Test
    void waitsForATokenNoLongerThanTheWebhookHasTime() {
        server.answers(Reply.silence());
        Webhook hasty = Webhooks.to(endpoint.url())
                .auth(client(server.url(), ClientAuth.BASIC))
                .timeout(Duration.ofMillis(200))
                .build();

        assertThat(harness.failed(hasty).detail()).isEqualTo("no token within 200 ms");
        assertThat(endpoint.connections()).isZero();
    }

    @Test
    void keepsTheTokensOfTwoClientsApart() {
        harness.answered(webhook(ClientAuth.BASIC));
        harness.answered(webhook(ClientAuth.BODY));

        assertThat(endpoint.requests())
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    private Webhook webhook() {
        return webhook(ClientAuth.BASIC);
    }

    private Webhook webhook(ClientAuth how) {
        return webhook(server.url() + "/token?a=b", how);
    }

    private Webhook webhook(String tokenUrl, ClientAuth how) {
        return Webhooks.to(endpoint.url())
                .id("wh_" + how)
                .auth(client(tokenUrl, how))
                .build();
    }

    private static Auth.OAuth2 client(String tokenUrl, ClientAuth how) {
        return new Auth.OAuth2(URI.create(tokenUrl), "my:client", "s& \u00e9", "a b", "https://api.example", how);
    }
}
