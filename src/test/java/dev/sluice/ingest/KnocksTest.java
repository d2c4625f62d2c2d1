package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Problem;
import dev.sluice.source.RefusedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of those who were not let in. */
class KnocksTest extends SendersHarness {
    @Test
    void keepsWhoKnockedAndWasNotLetInWithoutSecrets() {
        make("{'auth':[{'type':'header','name':'X-Mine','value':'right-secret'},"
                + "{'type':'hmac','from':'header:X-Sig','secret':'of-the-hmac'}]}");
        post("X-Mine: wrong-secret\r\nX-Event: a of-the-hmac\r\nAuthorization: Bearer x\r\nX-Api-Key: y\r\n", BODY);
        post("X-Sig: 00\r\n", "\u0007of-the-hmac" + "x".repeat(2000));
        post("X-Sig: " + hmac("of-the-hmac", "{}") + "\r\n", "{}");
        List<RefusedRequest> refused = server.sightings.refusals("any").await();
        assertThat(refused).extracting(RefusedRequest::status).containsExactly(400, 401, 401);
        assertThat(refused.get(0).reason()).contains("type: missing");
        assertThat(refused.get(1).reason()).contains("X-Sig does not match");
        assertThat(refused.get(1).body()).startsWith("\\u0007***xxx").hasSizeLessThan(1100);
        assertThat(refused.get(2).headers().getString("X-Mine")).isEqualTo("***");
        assertThat(refused.get(2).headers().getString("X-Event")).isEqualTo("a ***");
        assertThat(refused.get(2).headers().getString("Authorization")).isEqualTo("***");
        assertThat(refused.get(2).headers().getString("X-Api-Key")).isEqualTo("***");
        assertThat(refused.get(2).body()).isEqualTo(BODY);
        assertThat(refused.toString()).doesNotContain("of-the-hmac", "right-secret", "wrong-secret");
    }

    /** Whether the gateway cuts it, or the network did. */
    @Test
    void showsNoSecretThatLiesAcrossACut() {
        make("{'auth':{'type':'hmac','from':'header:X-Sig','secret':'the whole secret'}}");
        String sig = "X-Sig: 00\r\n";
        post(sig + "X-Long: " + "x".repeat(250) + "the whole secret" + "y".repeat(10) + "\r\n", BODY);
        post(sig, "x".repeat(1019) + "the whole secret");
        post(sig, "a=the+whole+secret&b=the%20whole%20secret&c=the who");
        List<RefusedRequest> refused = server.sightings.refusals("any").await();
        assertThat(refused.get(2).headers().getString("X-Long")).isEqualTo("x".repeat(250) + "***…");
        assertThat(refused.get(1).body()).isEqualTo("x".repeat(1019) + "***");
        assertThat(refused.get(0).body()).isEqualTo("a=***&b=***&c=***");
        assertThat(refused.toString()).doesNotContain("the who", "the+who");
        Problem cites = Problem.of(400, "invalid-event", "Invalid event", "tenant: the whole secret (expected: a)");
        RefusedRequest cited = server.sources
                .find("any")
                .refused("POST", HttpHeaders.headers(), Buffer.buffer(), cites, CLOCK.instant());
        assertThat(cited.reason()).isEqualTo("tenant: *** (expected: a)");
    }
}
