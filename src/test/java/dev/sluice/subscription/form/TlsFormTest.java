package dev.sluice.subscription.form;

import static dev.sluice.subscription.Forms.pointers;
import static dev.sluice.subscription.Forms.problems;
import static dev.sluice.testing.Certificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.subscription.Forms;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TlsFormTest {
    private final Forms forms = new Forms("tls");

    @Test
    void takesACertificateWithItsKeyAndACa() {
        for (String name : List.of("client-a", "client-b")) {
            JsonObject both = client(name).put("ca", pem("ca.pem"));

            assertThat(forms.create(both).target().tls())
                    .isEqualTo(new TlsProfile(pem(name + ".pem"), pem(name + ".key"), pem("ca.pem")));
        }
        assertThat(forms.create(new JsonObject().put("ca", pem("ca.pem")))
                        .target()
                        .tls())
                .isEqualTo(new TlsProfile(null, null, pem("ca.pem")));
        assertThat(forms.create(new JsonObject()).target().tls()).isNull();
    }

    @Test
    void takesAChain() {
        String chain = pem("client-a.pem") + "\n" + pem("clients.pem");

        assertThat(forms.create(client("client-a").put("clientCertificate", chain))
                        .target()
                        .tls())
                .isEqualTo(new TlsProfile(chain, pem("client-a.key"), null));
    }

    @Test
    void showsWhenTheCertificateExpiresAndNeverTheKey() {
        Webhook webhook = forms.create(client("client-a"));

        assertThat(forms.view(webhook))
                .isEqualTo(new JsonObject()
                        .put("clientCertificate", pem("client-a.pem"))
                        .put("clientKey", Mask.TEXT)
                        .put("clientCertificateExpiresAt", "2120-01-01T00:00:00Z"));
        assertThat(webhook.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void keepsAMaskedKeyThatBelongsToTheCertificate() {
        Webhook old = forms.create(client("client-a"));

        assertThat(forms.patch(old, new JsonObject().put("ca", pem("ca.pem")))
                        .target()
                        .tls())
                .isEqualTo(new TlsProfile(pem("client-a.pem"), pem("client-a.key"), pem("ca.pem")));
        assertThat(pointers(() -> forms.patch(old, new JsonObject().put("clientCertificate", pem("client-b.pem")))))
                .isEqualTo("/tls/clientKey");
        assertThat(forms.patch(old, "{'clientCertificate':null,'clientKey':null}")
                        .target()
                        .tls())
                .isNull();
    }

    @Test
    void refusesOneWithoutTheOther() {
        assertThat(problems(() -> forms.create(new JsonObject().put("clientCertificate", pem("client-a.pem")))))
                .containsExactly("/tls/clientKey: missing");
        assertThat(problems(() -> forms.create(new JsonObject().put("clientKey", pem("client-a.key")))))
                .containsExactly("/tls/clientCertificate: missing (expected: the certificate of clientKey)");
        assertThat(problems(() -> forms.create(client("client-a").put("clientKey", Mask.TEXT))))
                .containsExactly("/tls/clientKey: masked, and there is no key yet (expected: the value itself)");
    }

    @Test
    void refusesTheKeyOfAnother() {
        assertThat(problems(() -> forms.create(client("client-a").put("clientKey", pem("server.key")))))
                .containsExactly("/tls/clientKey: not the key of the first certificate (expected: that one)");
        assertThat(problems(() -> forms.create(client("client-a").put("clientKey", pem("client-b.key")))))
                .containsExactly("/tls/clientKey: no EC key (expected: the key of the certificate)");
    }

    @Test
    void saysWhatIsNoPem() {
        assertThat(problems(() -> forms.create(client("client-a").put("clientKey", "secret"))))
                .containsExactly("/tls/clientKey: 0 PEM blocks (expected: one, -----BEGIN PRIVATE KEY-----)");
        String old = pem("client-a.key").replace("PRIVATE", "RSA PRIVATE");
        assertThat(problems(() -> forms.create(client("client-a").put("clientKey", old))))
                .containsExactly(
                        "/tls/clientKey: a PEM block of the kind RSA PRIVATE KEY (expected: PRIVATE KEY, as made"
                                + " by `openssl pkcs8 -topk8 -nocrypt`)");
        assertThat(problems(() -> forms.create(new JsonObject().put("ca", "x"))))
                .containsExactly("/tls/ca: no PEM (expected: -----BEGIN CERTIFICATE-----)");
        assertThat(problems(() -> forms.create(new JsonObject().put("ca", pem("server.pem") + pem("server.key")))))
                .containsExactly("/tls/ca: holds a PRIVATE KEY (expected: certificates alone)");
        String broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
        assertThat(problems(() -> forms.create(new JsonObject().put("ca", broken))))
                .containsExactly("/tls/ca: not a certificate (expected: X.509)");
    }

    @Test
    void refusesACertificateThatHasExpired() {
        assertThat(problems(() -> forms.create(client("expired"))))
                .containsExactly("/tls/clientCertificate: expired at 2020-02-01T00:00:00Z");
    }

    @Test
    void refusesTlsForAnHttpUrl() {
        JsonObject body = new JsonObject().put("url", "http://a.example").put("tls", client("client-a"));

        assertThat(pointers(() -> forms.all().create("acme", body))).isEqualTo("/tls");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(pointers(() -> forms.all().create("acme", Forms.json("{'url':'https://a.example','tls':'x'}"))))
                .isEqualTo("/tls");
        assertThat(pointers(() -> forms.create("{'insecure':true}"))).isEqualTo("/tls/insecure");
    }

    private static JsonObject client(String name) {
        return new JsonObject().put("clientCertificate", pem(name + ".pem")).put("clientKey", pem(name + ".key"));
    }
}
