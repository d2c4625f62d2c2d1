package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Sluice may answer that is not as others are. */
@Timeout(60)
class ApiTest {
    private static final String PAGE = String.join(",", Collections.nCopies(20_000, "{}"));

    /** What is left out would be made a second time, or not be resealed. */
    @Test
    void refusesToGoOnWithSomeOfTheObjects() {
        try (ScriptedEndpoint sluice = new ScriptedEndpoint()) {
            sluice.answers(Reply.status(200, "{\"webhooks\":[%s],\"cursor\":\"more\"}".formatted(PAGE)));
            assertThatExceptionOfType(CliFailure.class)
                    .isThrownBy(() -> new Api(sluice.url(), null).list(Kind.WEBHOOK, null))
                    .satisfies(failure -> assertThat(failure.reason()).contains("webhooks", "at most 100000"));
        }
    }

    @Test
    void listsPageAfterPage() {
        try (ScriptedEndpoint sluice = new ScriptedEndpoint()) {
            sluice.answers(
                    Reply.status(200, "{\"sources\":[{},{}],\"cursor\":\"a b\"}"),
                    Reply.status(200, "{\"sources\":[{}]}"));
            assertThat(new Api(sluice.url(), null).list(Kind.SOURCE, "ignored")).hasSize(3);
            assertThat(sluice.requests().get(1).line()).contains("/v1/sources?limit=500&cursor=a%20b");
        }
    }
}
