package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.testing.ScriptedEndpoint;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many webhooks whose endpoints are behind one address. */
class SharedAddressTest {
    /** More than connections to an address and, once, than could wait for one. */
    private static final int ATTEMPTS = 2_200;

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final SendingHarness harness = new SendingHarness();

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }

    @Test
    void anAttemptBeyondTheConnectionsWaitsForOneHoweverManyWait() {
        List<Answer> answers = harness.sendAtOnce(Webhooks.to(endpoint.url()).build(), ATTEMPTS);
        assertThat(answers)
                .hasSize(ATTEMPTS)
                .allMatch(answer -> answer instanceof Answer.Status status && status.code() == 200);
    }
}
