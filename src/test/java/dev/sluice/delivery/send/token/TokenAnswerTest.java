package dev.sluice.delivery.send.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.subscription.Auth;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswerTest {
    private static final Auth.OAuth2 CLIENT =
            new Auth.OAuth2(URI.create("https://auth.example/token"), "c", "s3cret", null, null, Auth.ClientAuth.BASIC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'expires_in':3600 | 3600",
                "'expires_in':'3600' | 3600",
                "'expires_in':3600.7 | 3600",
                "'expires_in':0 | 5",
                "'expires_in':-1 | 5",
                "'expires_in':99999999999 | 86400",
                "'expires_in':'soon' | 300",
                "'expires_in':null | 300",
                "'scope':'x' | 300"
            })
    void readsHowLongATokenLives(String member, long seconds) {
        TokenAnswer answer = read(200, "{'access_token':'t','token_type':'bearer'," + member + "}");

        assertThat(answer).isEqualTo(new TokenAnswer(new Granted.Token("t"), Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | {'error':'invalid_client'} | 401 invalid_client",
                "400 | {'error':'invalid_scope','error_description':'no such scope'} | 400 invalid_scope (no such scope)",
                "302 | `` | 302, and no JSON with access_token or error within 16384 bytes",
                "200 | <html> | 200, and no JSON with access_token or error within 16384 bytes",
                "200 | [] | 200, and no JSON with access_token or error within 16384 bytes",
                "200 | {'access_token':7} | 200, and no JSON with access_token or error within 16384 bytes",
                "200 | {'access_token':'t'} | its type is null (expected: Bearer)",
                "200 | {'access_token':'t','token_type':'mac'} | its type is mac (expected: Bearer)",
                "200 | {'access_token':'a b','token_type':'Bearer'} | it cannot be sent in a header",
                "200 | {'access_token':'','token_type':'Bearer'} | it cannot be sent in a header",
                "200 | {'error':{'a':1}} | 200 {\"a\":1}"
            })
    void saysWhyThereIsNone(int status, String body, String reason) {
        assertThat(read(status, body).granted())
                .isEqualTo(new Granted.Denied("no token from https://auth.example/token: " + reason));
    }

    @Test
    void saysWhyTheServerWasNotReached() {
        Answer answer = new Answer.Failure(Kind.DNS, "auth.example: no such name", Duration.ZERO);

        assertThat(TokenAnswer.read(answer, CLIENT).granted())
                .isEqualTo(new Granted.Denied("no token from https://auth.example/token: auth.example: no such name"));
    }

    private static TokenAnswer read(int status, String body) {
        String json = body.replace('\'', '"');
        return TokenAnswer.read(new Answer.Status(status, null, null, json, Duration.ZERO), CLIENT);
    }
}
