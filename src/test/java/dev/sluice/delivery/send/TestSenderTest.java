package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Auth.ClientAuth;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A test goes the way of a delivery: with the same tokens and signatures, and past the same guard. */
class TestSenderTest {
    private static final String PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    private final ScriptedEndpoint server =
            new ScriptedEndpoint().answers(Reply.status(200, "{\"access_token\":\"t1\",\"token_type\":\"Bearer\"}"));
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness();

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
        server.close();
    }

    @Test
    void carriesTheTokenThatDeliveriesCarry() {
        harness.answered(client());
        TestSender.Sent sent = harness.test(client());

        assertThat(server.requests()).hasSize(1);
        assertThat(endpoint.requests())
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer t1", "Bearer t1");
        assertThat(sent.headers()).contains(Map.entry("authorization", "Bearer t1"));
    }

    @Test
    void tellsWhyThereWasNoToken() {
        server.answers(Reply.status(401, "{\"error\":\"invalid_client\"}"));
        TestSender.Sent sent = harness.test(client());

        assertThat(((Answer.Failure) sent.answer()).kind()).isEqualTo(Kind.AUTH);
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void showsTheSignatureThatAWorkerMade() {
        TestSender.Sent sent =
                harness.test(Webhooks.to(endpoint.url()).key(PAIR, null).build());
        String signature = endpoint.request().header("webhook-signature");

        assertThat(signature).startsWith("v1a,");
        assertThat(sent.headers())
                .contains(Map.entry("webhook-signature", signature), Map.entry("sluice-test", "true"));
    }

    @Test
    void isNotSentToWhereThePodListens() {
        harness.own().add(endpoint.port());

        assertThat(((Answer.Failure) harness.test(Webhooks.at(endpoint.url())).answer()).kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(endpoint.connections()).isZero();
    }

    private Webhook client() {
        URI tokenUrl = URI.create(server.url() + "/token");
        return Webhooks.to(endpoint.url())
                .auth(new Auth.OAuth2(tokenUrl, "client", "secret", null, null, ClientAuth.BASIC))
                .build();
    }
}
