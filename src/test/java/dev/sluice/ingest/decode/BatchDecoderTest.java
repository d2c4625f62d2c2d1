package dev.sluice.ingest.decode;

import static dev.sluice.ingest.Decoding.pointers;
import static dev.sluice.ingest.Decoding.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Draft;
import dev.sluice.http.Problem;
import dev.sluice.ingest.Decoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchDecoderTest {
    @Test
    void takesEventsInOrder() {
        List<Draft> drafts = Decoding.all(
                Format.BATCH,
                "[{\"type\":\"a\",\"data\":[1]}, {\"data\":{\"b\":2},\"type\":\"b\"}]",
                new Stamp(null, null, "key_1\n/v1/events", "k", Decoding.NOW, 0));

        assertThat(drafts).extracting(draft -> draft.data().toString()).containsExactly("[1]", "{\"b\":2}");
        assertThat(drafts)
                .extracting(draft -> draft.identity().key())
                .as("the first has the name that an event of its own would have")
                .containsExactly("default\nkey\nkey_1\n/v1/events\nk", "default\nkey\nkey_1\n/v1/events\nk\n1");
        assertThat(drafts)
                .extracting(draft -> draft.identity().group())
                .containsOnly("default\nkey\nkey_1\n/v1/events\nk");
        assertThat(drafts)
                .extracting(draft -> draft.identity().digest())
                .doesNotContainNull()
                .containsOnly(drafts.get(0).identity().digest());
    }

    @Test
    void takesAnEmptyBatch() {
        assertThat(Decoding.all(Format.BATCH, "[]", Decoding.ANYBODY)).isEmpty();
    }

    @Test
    void refusesABatchWithOneBadEventWhole() {
        Problem problem = refusal(
                Format.BATCH,
                "[{\"type\":\"a\"},{\"data\":1},[1,{}],{\"type\":\"b\",\"time\":\"x\",\"X\":1},{\"type\":\"c\"},7]");

        assertThat(problem.status()).isEqualTo(400);
        assertThat(pointers(problem)).containsExactly("/1/type", "/2", "/3/time", "/3/X", "/5");
        assertThat(problem.detail()).startsWith("5 errors; the first: type: missing");
    }

    @Test
    void namesAThousandFaultsAndLooksForNoMore() {
        Problem thousand = refusal(Format.BATCH, "[" + "{},".repeat(999) + "{}]");
        Problem more = refusal(Format.BATCH, "[" + "{},".repeat(1000) + "{},{\"data\":");

        assertThat(thousand.errors()).hasSize(1000);
        assertThat(thousand.detail()).startsWith("1000 errors");
        assertThat(more.errors()).hasSize(1000);
        assertThat(more.detail()).startsWith("more than 1000 errors");
    }

    @Test
    void endsReadingWithTheEventThatIsTooMany() {
        String event = "{\"type\":\"a\"},";
        String most = event.repeat(Decoding.MAX_EVENTS - 1);

        assertThat(Decoding.all(
                        Format.BATCH, "[" + most + event.substring(0, event.length() - 1) + "]", Decoding.ANYBODY))
                .hasSize(Decoding.MAX_EVENTS);
        Problem problem = refusal(Format.BATCH, "[" + most + event + "{and what comes now is no JSON");
        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.detail()).contains("more than 5000 events (expected: at most 5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"a\"}", "[{\"type\":\"a\"}", "[{\"type\":\"a\"},]", "null", "[] []"})
    void refusesWhatIsNotAnArray(String body) {
        assertThat(refusal(Format.BATCH, body).status()).isEqualTo(400);
    }
}
