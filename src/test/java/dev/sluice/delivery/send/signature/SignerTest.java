package dev.sluice.delivery.send.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.Webhooks;
import dev.sluice.subscription.Shape.BodyMode;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedEndpoint;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    @Test
    void signsTheExampleOfTheStandard() {
        Signer signer = new Signer(List.of(new SigningKey(SECRET, null)));
        for (int again = 0; again < 2; again++) {
            assertThat(signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", BODY, NOW))
                    .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        }
    }

    @Test
    void signsWithEachKeyInForceNewestFirst() {
        Signer both = new Signer(List.of(new SigningKey(SECRET, null), new SigningKey(OLD, NOW.plusSeconds(1))));
        String newer = new Signer(List.of(new SigningKey(SECRET, null))).sign("id", "1", BODY, NOW);
        String older = new Signer(List.of(new SigningKey(OLD, null))).sign("id", "1", BODY, NOW);
        assertThat(both.sign("id", "1", BODY, NOW)).isEqualTo(newer + " " + older);
        assertThat(both.sign("id", "1", BODY, NOW.plusSeconds(1))).isEqualTo(newer);
    }

    @Test
    void doesNotSignWithoutAKey() {
        assertThat(new Signer(List.of()).sign("id", "1", BODY, NOW)).isNull();
        assertThat(new Signer(List.of(new SigningKey(OLD, NOW))).sign("id", "1", BODY, NOW))
                .isNull();
    }

    @Test
    void signsTheBodyAloneWithTheNewestKeyThatMakesAnHmac() {
        String signature = new Signer(List.of(new SigningKey(SECRET, null))).signBody(BODY);
        SigningKey former = new SigningKey(OLD, NOW.plusSeconds(1));

        assertThat(signature).matches("sha256=[0-9a-f]{64}");
        assertThat(new Signer(List.of(new SigningKey(SECRET, null), former)).signBody(BODY))
                .isEqualTo(signature);
        assertThat(new Signer(List.of(new SigningKey(PAIR, null), new SigningKey(SECRET, NOW))).signBody(BODY))
                .isEqualTo(signature);
        assertThat(new Signer(List.of(new SigningKey(PAIR, null))).signBody(BODY))
                .isNull();
    }

    @Test
    void doesNotShowAKeyThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signer(List.of(new SigningKey("whsec_not~base64", null))))
                .withMessage("signing key: unusable (expected: whsec_ and base64)")
                .withNoCause();
    }

    @Test
    void isAcceptedByTheVerifiersOfOthersDuringARotation() throws Exception {
        RecordedRequest request = deliver();
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : request.headerNames()) {
            headers.put(name, request.headers(name));
        }
        for (String secret : List.of(SECRET, OLD)) {
            assertThatCode(() -> new com.standardwebhooks.Webhook(secret).verify(request.text(), headers))
                    .doesNotThrowAnyException();
            assertThatCode(() -> new com.svix.Webhook(secret)
                            .verify(request.text(), HttpHeaders.of(headers, (name, value) -> true)))
                    .doesNotThrowAnyException();
        }
        assertThat(request.header("webhook-signature")).matches("v1,\\S{44} v1,\\S{44}");
    }

    /** The example of the standard's libraries; Ed25519 has one signature for each message. */
    @Test
    void signsWithAKeyPairAsTheLibrariesOfTheStandardDo() throws Exception {
        Signer signer = new Signer(List.of(new SigningKey(PAIR, null)));
        String expected =
                "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

        assertThat(signer.isSlow()).isTrue();
        assertThat(signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", BODY, NOW))
                .isEqualTo(expected);
        assertThat(signer.prepare("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", BODY, NOW)
                        .call())
                .isEqualTo(expected);
    }

    @Test
    void signsWithKeysOfBothKindsDuringASwitch() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint();
                SendingHarness harness = new SendingHarness()) {
            harness.answered(Webhooks.to(endpoint.url())
                    .body(BodyMode.PAYLOAD)
                    .key(PAIR, null)
                    .key(SECRET, SendingHarness.NOW.plusSeconds(1))
                    .key(OLD, SendingHarness.NOW.minusSeconds(1))
                    .build());
            String id = endpoint.request().header("webhook-id");
            String both = new Signer(List.of(new SigningKey(PAIR, null), new SigningKey(SECRET, null)))
                    .sign(id, "1614265330", BODY, NOW);

            assertThat(endpoint.request().header("webhook-signature")).isEqualTo(both);
            assertThat(both).matches("v1a,\\S{88} v1,\\S{44}");
        }
    }

    @Test
    void sendsNoSignatureOfAKeyPairThatIsOutOfForce() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint();
                SendingHarness harness = new SendingHarness()) {
            harness.answered(Webhooks.to(endpoint.url())
                    .key(PAIR, SendingHarness.NOW.minusSeconds(1))
                    .build());
            assertThat(endpoint.request().headers("webhook-signature")).isEmpty();
        }
    }

    @Test
    void doesNotShowAKeyPairThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signer(List.of(new SigningKey("whsk_c2VjcmV0", null))))
                .withMessage("signing key: unusable (expected: whsk_ and base64 of 64 bytes)")
                .withNoCause();
    }

    private static RecordedRequest deliver() {
        Instant grace = Instant.now().plus(Duration.ofHours(1));
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint();
                SendingHarness harness = new SendingHarness(InstantSource.system())) {
            Webhook webhook = Webhooks.to(endpoint.url())
                    .body(BodyMode.STANDARD)
                    .key(SECRET, null)
                    .key(OLD, grace)
                    .build();
            harness.answered(webhook);
            return endpoint.request();
        }
    }
}
