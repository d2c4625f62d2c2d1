package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.send.signature.Signer;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransformTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness();

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    @Test
    void sendsAndSignsWhatTheExpressionMade() {
        Webhook webhook = Webhooks.to(endpoint.url())
                .transform("{'text': type & ' ' & data.test, 'from': source}")
                .key(SECRET, null)
                .build();
        assertThat(harness.answered(webhook).code()).isEqualTo(200);

        RecordedRequest request = endpoint.request();
        byte[] body = request.body().getBytes();
        assertThat(request.text()).isEqualTo("{\"text\":\"invoice.paid 2432232314\",\"from\":\"/shop/1\"}");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("content-length")).isEqualTo(String.valueOf(body.length));
        Signer signer = new Signer(webhook.target().keys());
        assertThat(request.header("webhook-signature"))
                .isEqualTo(signer.sign(
                        request.header("webhook-id"), request.header("webhook-timestamp"), body, SendingHarness.NOW));
    }

    @Test
    void givesTheExpressionTheEventAsACloudEvent() {
        assertThat(harness.answered(with("$")).code()).isEqualTo(200);
        assertThat(endpoint.request().text())
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"")
                .contains("\"type\":\"invoice.paid\"", "\"time\":\"2021-02-25T15:02:10Z\"")
                .endsWith("\"data\":{\"test\":2432232314}}");
    }

    @Test
    void givesTheExpressionDataThatIsNotJsonInBase64() {
        Webhook webhook = with("$base64decode(data_base64)");
        harness.send(SendingHarness.event("application/octet-stream", Buffer.buffer("plain"), null), webhook, 1);
        assertThat(endpoint.request().text()).isEqualTo("\"plain\"");
    }

    @Test
    void sendsNothingIfTheExpressionFails() {
        Answer.Failure failure = harness.failed(with("data.missing"));
        assertThat(failure.kind()).isEqualTo(Kind.TRANSFORM);
        assertThat(failure.detail()).isEqualTo("the result is nothing (expected: a JSON value)");
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void endsAnExpressionThatWouldNotAndGoesOn() {
        Answer.Failure failure = harness.failed(with("($f := function($n){$f($n + 1)}; $f(0))"));
        assertThat(failure.kind()).isEqualTo(Kind.TRANSFORM);
        // Which limit is met first is the machine's affair, and how much memory there is the heap's.
        assertThat(failure.detail())
                .matches("not done within 1000 ms \\(delivery.transform.timeout\\)|takes more than \\d+ MiB of memory");
        assertThat(harness.answered(with("1")).code()).isEqualTo(200);
        assertThat(endpoint.request().text()).isEqualTo("1");
    }

    @Test
    void endsAtTheWebhooksTimeoutWhatWasTransformedInTime() {
        endpoint.answers(Reply.silence());
        Webhook webhook = Webhooks.to(endpoint.url())
                .transform("1")
                .timeout(Duration.ofMillis(500))
                .build();
        assertThat(harness.failed(webhook).detail()).isEqualTo("no whole answer within 500 ms");
    }

    @Test
    void transformsManyAtOnce() {
        List<Answer> answers = harness.sendAtOnce(with("data.test"), 200);
        assertThat(answers).allMatch(answer -> answer instanceof Answer.Status status && status.code() == 200);
        assertThat(endpoint.requests())
                .hasSize(200)
                .allMatch(request ->
                        request.body().toString(StandardCharsets.UTF_8).equals("2432232314"));
    }

    private Webhook with(String expression) {
        return Webhooks.to(endpoint.url()).transform(expression).build();
    }
}
