package dev.sluice.subscription.form;

import static dev.sluice.subscription.form.WebhookBodies.minimal;
import static dev.sluice.subscription.form.WebhookBodies.pointers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.secrets.Entropy;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointUrlTest {
    private final WebhookForms forms =
            new WebhookForms(WebhookRules.DEFAULT, Entropy.SYSTEM, InstantSource.fixed(WebhookBodies.NOW));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9999/x",
                "HTTPS://a.example",
                "https://a.example:8443/",
                "http://10.0.0.1/",
                "http://[::1]:8080/x",
                "https://a.example/%7Bid%7D?x=1&y=%20",
                "https://xn--mnchen-3ya.example/",
                "http://1.2.3.4.example/",
                "http://a_b.example/",
                "http://_my_host:8080/x",
            })
    void acceptsAUrlThatCanBeReadInOneWay(String url) {
        assertThat(forms.create("acme", minimal().put("url", url)).target().url())
                .hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example:/x, http://a.example/x",
        "http://a.example:, http://a.example",
        "https://[::1]:/, https://[::1]/",
        "http://a_b:?q=:, http://a_b?q=:",
        "https://münchen.example:/, https://xn--mnchen-3ya.example/"
    })
    void readsAnEmptyPortAsNone(String url, String read) {
        assertThat(forms.create("acme", minimal().put("url", url)).target().url())
                .hasToString(read);
    }

    @Test
    void writesAHostOfAnotherScriptAsDnsKnowsIt() {
        assertThat(forms.create("acme", minimal().put("url", "https://münchen.example:8443/grüße"))
                        .target()
                        .url())
                .hasToString("https://xn--mnchen-3ya.example:8443/gr%C3%BC%C3%9Fe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example/hook",
                "/hook",
                "ftp://a.example/",
                "javascript:alert(1)",
                "https://",
                "https:///hook",
                "https://u:p@a.example/",
                "https://u@a.example/",
                "https://a.example/#x",
                "https://a.example#",
                "https://a.example:0/",
                "https://a.example:65536/",
                "https://a.example:99999999999/",
                "https://a.example:x/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "https://a.example.:8443/",
                "http://localhost./",
                "http://127.0.0.256/",
                "http://127.0.0.01/",
                "http://a.0x1/",
                "http://[fe80::1%25eth0]/",
                "http://[::1/",
                "http://a_b.example:0/",
                "http://a_b.example:65536/",
                "http://a_b.example:x/",
                "http://a_b.example./",
                "http://u@a_b.example/",
                "http://a_b.0x1/",
                "http://%31%32%37.0.0.1/",
                "http://a.example\\@b.example/",
                "http://a b/",
                "http://a.example/\u0000",
                "http://a.example/x\r\nHost: b",
            })
    void refusesAUrlThatIsNotOne(String url) {
        assertThat(pointers(minimal().put("url", url))).isEqualTo("/url");
    }

    @Test
    void refusesAnOverlongUrl() {
        assertThat(pointers(minimal().put("url", "https://a.example/" + "x".repeat(4078))))
                .isEmpty();
        assertThat(pointers(minimal().put("url", "https://a.example/" + "x".repeat(4079))))
                .isEqualTo("/url");
    }
}
