package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several holds, and what is said of one that does not. */
class SignatureRefusalsTest extends SignatureHarness {
    @Test
    void takesAnyOfSeveralSignaturesAndSecrets() {
        standard("v1a,x v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(refusal(STANDARD, STANDARD_BODY, "whsec_AAAAAAAAAAAAAAAA", STANDARD_SECRET))
                .isNull();
        assertThat(refusal(STANDARD, STANDARD_BODY, "whsec_AAAAAAAAAAAAAAAA")).contains("does not match");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                     | missing",
                "v2,AAAA                                | no signature in it",
                "v1,                                    | does not match",
                "v1,!!                                  | no signature in it",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVl | does not match",
                "v1,G0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= | does not match",
            })
    void saysWhichPartIsWrong(String signature, String reason) {
        standard(signature);
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET))
                .contains(reason)
                .doesNotContain("MfKQ9r8");
    }

    /** Of the headers that are signed too, since a receiver may read the other line. */
    @ParameterizedTest
    @ValueSource(strings = {"webhook-signature", "webhook-id", "Webhook-Timestamp"})
    void refusesOneThatIsGivenTwice(String name) {
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        headers.add(name, "another");
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET)).contains("given twice");
    }

    @ParameterizedTest
    @CsvSource({"2021-02-25T15:07:10Z,", "2021-02-25T15:07:11Z,301 s", "2021-02-25T14:57:09Z,301 s"})
    void refusesWhatIsOldOrOfTomorrow(String at, String reason) {
        now = at;
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        String refusal = refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET);
        if (reason == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).contains(reason, "within 300 s");
        }
        headers.remove("webhook-timestamp");
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET)).contains("timestamp: missing");
    }

    /** Whoever asks a source for a proof gets an HMAC with its secret. */
    @Test
    void letsNoProofInAsASignature() {
        headers.add("X-Sig", "402211dcfc55f3dbf018193b0232703e6cc586327e00dc110a33b79dceb7018c");
        assertThat(refusal("{'from':'header:X-Sig'}", "a-challenge", "s")).isNull();
        isProved = true;
        assertThat(refusal("{'from':'header:X-Sig'}", "a-challenge", "s")).contains("could be a challenge");
        headers.set("X-Sig", "37beaf650f70b40ec9706929c2e9d835cbd63729988f48781e6383a147215f07");
        assertThat(refusal("{'from':'header:X-Sig'}", "{\"a\":1}", "s")).isNull();
    }
}
