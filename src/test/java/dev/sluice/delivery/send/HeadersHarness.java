package dev.sluice.delivery.send;

import dev.sluice.testing.ScriptedEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The head of a request, as it goes over the wire, of a source that wants what the test says. */
abstract class HeadersHarness {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    final ScriptedManner source = new ScriptedManner();
    final SendingHarness harness = new SendingHarness(List.of("127.0.0.1"), Map.of(), source, options -> {});

    @AfterEach
    void close() {
        harness.close();
        endpoint.close();
    }
}
