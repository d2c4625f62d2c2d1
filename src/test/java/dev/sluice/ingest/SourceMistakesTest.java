package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that cannot be as it was written. */
class SourceMistakesTest extends SendersHarness {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'auth':[]}|/auth",
                "{'auth':[{'type':'token','token':'a-secret-token'},{'type':'hmacs'}]}|/auth/1/type",
                "{'auth':{'type':'hmac','secret':'s'}}|/auth/from",
                "{'auth':{'type':'hmac','from':'header:A'}}|/auth/secret",
                "{'auth':{'type':'hmac','from':'header:A','secret':'s','salt':'x'}}|/auth/salt",
                "{'auth':{'type':'hmac','from':'header:A','secret':'zz','secretEncoding':'hex'}}|/auth/secret",
                "{'auth':{'type':'signature','algorithm':'ed25519','from':'header:A','secret':'AAAA'}}|/auth/secret",
                "{'auth':{'type':'url','secret':'short'}}|/auth/secret",
                "{'auth':{'type':'url','secret':'with spaces and more'}}|/auth/secret",
                "{'auth':{'type':'networks','networks':['10.0.0.0/33']}}|/auth/networks/0",
                "{'auth':{'type':'networks'}}|/auth/networks",
                "{'auth':{'type':'sns'}}|/auth/topics",
                "{'auth':{'type':'sns','topics':['orders']}}|/auth/topics/0",
                "{'auth':{'type':'sns','topics':'arn:aws:sqs:us-east-1:123456789012:q'}}|/auth/topics",
                "{'each':'alerts'}|/each",
                "{'handshakes':[{}]}|/handshakes/0/when",
                "{'handshakes':[{'method':'PUT'}]}|/handshakes/0/method",
                "{'handshakes':[{'method':'GET','when':{'/a':'*'}}]}|/handshakes/0",
                "{'handshakes':[{'method':'GET','answer':{'body':'{/a}'}}]}|/handshakes/0",
                "{'handshakes':[{'method':'GET','answer':{'body':'{x'}}]}|/handshakes/0/answer/body",
                "{'answer':{'status':500}}|/answer/status",
                "{'answer':{'headers':{'a b':'x'}}}|/answer/headers/a b",
                "{'url':'ftp://x'}|/url",
                "{'provider':'githup'}|/provider",
                "{'dialect':'strapi','each':''}|/each",
            })
    void refusesWhatIsWrongWhenItIsMadeAndSaysWhere(String text) {
        int bar = text.lastIndexOf('|');
        assertThatThrownBy(() -> make(text.substring(0, bar)))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().errors().get(0).pointer()).isEqualTo(text.substring(bar + 1));
                });
    }

    @Test
    void tellsTheProviderThatWasMeant() {
        assertThatThrownBy(() -> make("{'provider':'githup'}")).hasMessageContaining("nearest: github");
    }
}
