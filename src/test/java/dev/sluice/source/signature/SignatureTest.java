package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the examples that the producers themselves publish. */
class SignatureTest extends SignatureHarness {
    private static final String TWILIO = "{'algorithm':'sha1','from':'header:X-Twilio-Signature','encoding':'base64',"
            + "'signed':'{url}{sortedForm}','digest':'query:bodySHA256'}";

    private static final String TWILIO_FORM =
            "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";

    /** docs.github.com, "Validating webhook deliveries", "Testing the webhook payload validation". */
    @Test
    void holdsForTheExampleOfGitHub() {
        headers.add("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        String recipe = "{'from':'header:X-Hub-Signature-256','prefix':'sha256='}";
        assertThat(refusal(recipe, "Hello, World!", "It's a Secret to Everybody"))
                .isNull();
        assertThat(refusal(recipe, "Hello, World?", "It's a Secret to Everybody"))
                .contains("does not match")
                .doesNotContain("Everybody");
    }

    /** docs.slack.dev, "Verifying requests from Slack". */
    @Test
    void holdsForTheExampleOfSlack() {
        now = "2018-07-12T18:36:58Z";
        headers.add("X-Slack-Request-Timestamp", "1531420618")
                .add("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url="
                + "https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        String recipe =
                "{'from':'header:X-Slack-Signature','prefix':'v0=','timestamp':'header:X-Slack-Request-Timestamp',"
                        + "'signed':'v0:{timestamp}:{body}'}";
        assertThat(refusal(recipe, body, "8f742231b10e8888abcd99yyyzzz85a5")).isNull();
    }

    /** Standard Webhooks 1.0.0; the example of its reference libraries. */
    @Test
    void holdsForTheExampleOfStandardWebhooks() {
        standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(refusal(STANDARD, STANDARD_BODY, STANDARD_SECRET)).isNull();
    }

    /** twilio.com, "Validating Signatures from Twilio", as in its helper libraries. */
    @Test
    void holdsForTheExampleOfTwilio() {
        url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        headers.add("Content-Type", "application/x-www-form-urlencoded")
                .add("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assertThat(refusal(TWILIO, TWILIO_FORM, "12345")).isNull();
        headers.set("Content-Type", "application/json");
        assertThat(refusal(TWILIO, "{}", "12345")).contains("the body: not signed");
    }

    /** As twilio-node and twilio-python sign what their users test with: the values of a name in their order, each once. */
    @Test
    void signsEachValueOfAFieldThatIsGivenTwice() {
        headers.add("Content-Type", "application/x-www-form-urlencoded")
                .add("X-Twilio-Signature", "pyr76fDqZ1Z2mAVXIfPPa9I6ojo=");
        assertThat(refusal(TWILIO, "Digits=1&MediaUrl=b&MediaUrl=a&MediaUrl=b", "12345"))
                .isNull();
        assertThat(refusal(TWILIO, "Digits=1&MediaUrl=b&MediaUrl=a&MediaUrl=c", "12345"))
                .contains("does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&Digits=9", "&Other=9", "&=", "&=x", "&%FF=", "&Digits=%FF"})
    void refusesAFormToWhichSomethingWasAppended(String more) {
        url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        headers.add("Content-Type", "application/x-www-form-urlencoded")
                .add("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assertThat(refusal(TWILIO, TWILIO_FORM + more, "12345")).isNotNull();
    }

    /** Its files and the heads of its parts are in no signature of sorted fields. */
    @Test
    void refusesAFormThatMayHoldFilesWhereItsFieldsAreSigned() {
        url = "https://a.example/";
        headers.add("Content-Type", "multipart/form-data; boundary=x").add("X-Twilio-Signature", "AAAA");
        String form = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--";
        assertThat(refusal(TWILIO, form, "12345")).contains("multipart");
    }
}
