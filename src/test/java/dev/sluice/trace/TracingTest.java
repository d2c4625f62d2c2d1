package dev.sluice.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.TracingConfig;
import dev.sluice.delivery.send.Sender;
import dev.sluice.fanout.FanoutListener;
import dev.sluice.ingest.Appends;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
    @Test
    void thatIsOffLeavesEachStageAsItIs() {
        Appends journal = drafts -> Future.succeededFuture(List.of());
        Sender sender = attempt -> Future.failedFuture("unused");
        assertThat(Tracing.OFF.ingest(journal)).isSameAs(journal);
        assertThat(Tracing.OFF.fanout(FanoutListener.NONE)).isSameAs(FanoutListener.NONE);
        assertThat(Tracing.OFF.delivery(sender)).isSameAs(sender);
        assertThat(Tracing.OFF.end(Duration.ofSeconds(1)).succeeded()).isTrue();
    }

    @Test
    void callsThePathOfOtlpWhereTheUrlHasNone() {
        assertThat(new TracingConfig("http://a:4318", 1, null).target()).hasToString("http://a:4318/v1/traces");
        assertThat(new TracingConfig("https://a/", 1, null).target()).hasToString("https://a/v1/traces");
        assertThat(new TracingConfig("https://a/x?y=1", 1, null).target()).hasToString("https://a/x?y=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "ftp://a", "http://", "http://user:pass@a", "http://a b", "/v1/traces"})
    void refusesAUrlThatNobodyCanCall(String url) {
        assertThatThrownBy(() -> new TracingConfig(url, 1, null)).hasMessageStartingWith("url: ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1})
    void refusesAShareOutsideOfNothingAndAll(double share) {
        assertThatThrownBy(() -> new TracingConfig(null, share, null))
                .hasMessage("share: %s (expected: 0 to 1)", share);
    }

    @Test
    void showsNoKeyOfTheReceiver() {
        assertThat(new TracingConfig("http://a", 1, "Bearer x-secret").toString())
                .doesNotContain("x-secret");
        assertThatThrownBy(() -> new TracingConfig("http://a:x-secret@b", 1, null))
                .hasMessageContaining("//***@b");
        assertThatThrownBy(() -> new TracingConfig("http://a", 1, "x-secret\n")).hasMessageNotContaining("x-secret");
    }
}
