package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** From a system that can only be given a URL and a secret to what it sends. */
class ConsoleSourcesTest extends ConsoleHarness {
    private static final String BODY = "{\"action\":\"opened\",\"number\":7}";

    @Test
    void leadsFromASystemThatCanBeGivenAUrlAndASecretToADelivery() {
        tab.open(pod.url() + "/sources")
                .click("New source")
                .shows("Which system shall post here?", "Payments", "Stripe");
        tab.fill("Name of the system", "gith").until("document.querySelectorAll('.choice').length === 1");
        tab.click("GitHub").shows("Generate one", "It must be there before the system is told of it");
        tab.fill("Name", "gh").fill("Secret", "not the one");
        tab.click("Create source and wait for a request")
                .shows("Waiting for the first request", "Add webhook, enter the URL", "on this machine only");
        assertThat(tab.path()).isEqualTo("/sources/gh");
        assertThat(tab.text()).contains("/v1/sources/gh/events").doesNotContain("not the one", "Copy it now");

        assertThat(send("the secret of GitHub")).isEqualTo(401);
        tab.shows("A request came and was refused", "X-Hub-Signature-256 does not match: it is not the HMAC-SHA-256");
        tab.fill("Another secret", "the secret of GitHub").click("Save").shows("Let the system send again");
        assertThat(send("the secret of GitHub")).isEqualTo(202);
        tab.shows("It works: the first request came in", "pull_request.opened", "counts as a duplicate for 10 minutes");

        tab.click("Create a webhook for it").until("document.getElementById('source').value === 'gh'");
        tab.shows("Put the URL of your receiver in its place", "pull_request.opened, as received", "\"number\": 7");
        tab.click("Only some")
                .click("Create webhook")
                .shows("Choose at least one event.")
                .click("All events");
        tab.fill("URL", receiver.url()).click("Create webhook").shows("Your webhook is ready", "whsec_");
        tab.shows("already verifies the signature of github, it needs nothing");
        tab.click("Done").click("Test").shows("It is not signed by github");
        assertThat(send("the secret of GitHub")).isEqualTo(202);
        assertThat(receiver.take().text()).isEqualTo(BODY);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void makesUpASecretAndPutsItWhereTheSystemWantsIt() {
        tab.open(pod.url() + "/sources?new=yes&system=docker-hub").shows("Generate one");
        tab.click("Generate one").shows("The next page shows it once more");
        tab.click("Create source and wait for a request").shows("Waiting for the first request", "in this URL already");
        String url = String.valueOf(tab.script("document.querySelector('.secret code').textContent"));
        assertThat(url).matches(".*/v1/sources/docker-hub/events/\\w{32}");
        tab.shows("Copy it now: the sender needs it");
        String path = url.substring(pod.url().length());
        assertThat(pod.api()
                        .post(path, "application/json", "{\"push_data\":{\"tag\":\"1\"}}")
                        .status())
                .isEqualTo(202);
        tab.shows("It works: the first request came in");
    }

    @Test
    void asksForASecretInWordsAndShowsAMadeUpOneOnceMore() {
        tab.open(pod.url() + "/sources/new").shows("Which system shall post here?");
        tab.open(pod.url() + "/sources?new=yes&system=github").click("Create source and wait for a request");
        tab.shows("Enter the secret, or generate one.").click("Generate one");
        tab.until("!document.querySelector('.wrong')");
        String secret = String.valueOf(tab.script("document.getElementById('source-secret').value"));
        tab.fill("Name", "strapi").click("Create source and wait for a request").shows("Another source has this name.");
        tab.fill("Name", "gh").click("Create source and wait for a request");
        tab.shows("Waiting for the first request", "the sender and your receiver need it", secret);
        tab.open(pod.url() + "/sources/gh").shows("Waiting for the first request");
        assertThat(tab.text()).doesNotContain(secret);
        assertThat(send(secret)).isEqualTo(202);
    }

    @Test
    void changesTheSecretWhereARefusalLeadsTo() {
        pod.api()
                .post(
                        "/v1/sources",
                        "application/json",
                        "{\"name\":\"gh\",\"provider\":\"github\",\"secret\":\"old\"}");
        assertThat(send("new")).isEqualTo(401);
        await().until(() -> pod.api().get("/v1/sources/gh/refused").text().contains("does not match"));
        tab.open(pod.url() + "/sources/gh/refused").shows("does not match").click("401");
        tab.click("Change the secret of the source").shows("Privacy rules");
        tab.shows("Generate one").fill("New secret", "new").click("Save").shows("Let the system send again");
        assertThat(send("new")).isEqualTo(202);
    }

    @Test
    void sendsAlongTheUrlThatASystemSigns() {
        tab.open(pod.url() + "/sources?new=yes&system=square").shows("The system signs the URL too");
        tab.fill("Secret", "a signature key").click("Create source and wait for a request");
        tab.shows("Waiting for the first request");
        assertThat(pod.api().get("/v1/sources/square").json().getString("url"))
                .isEqualTo(pod.url() + "/v1/sources/square/events");
    }

    @Test
    void saysAtItsFieldWhatIsWrongAndFindsAnotherName() {
        tab.open(pod.url() + "/sources?new=yes&system=strapi")
                .until("document.getElementById('source-name')?.value === 'strapi-2'");
        tab.fill("Name", "no name").click("Create source and wait for a request");
        tab.until("document.getElementById('source-name').getAttribute('aria-invalid') === 'true'");
        tab.fill("Name", "blog").click("Create source and wait for a request").shows("Waiting for the first request");
        assertThat(pod.api().get("/v1/sources/blog").json().getString("dialect"))
                .isEqualTo("strapi");
        tab.open(pod.url() + "/sources?new=yes").shows("Which system").fill("Name of the system", "nobody has this");
        tab.shows("No system of that name").click("Any other that posts JSON").shows("Token", "Generate one");
    }

    @Test
    void saysInSpanishWhatAProviderAndAProblemSay() {
        String page = pod.url() + "/sources?new=yes&system=stripe";
        tab.open(page).shows("In Workbench › Webhooks").script("localStorage.setItem('sluice.language', 'es')");
        tab.open(page).shows("En Workbench › Webhooks", "El signing secret del endpoint");
        tab.go("/keys").click("Nueva clave").fill("Nombre", "mine").choose("Rol", "read");
        tab.click("Crear clave").shows("La primera clave debe ser de un admin");
    }

    private int send(String secret) {
        return pod.api()
                .post(
                        "/v1/sources/gh/events",
                        "application/json",
                        BODY,
                        "X-GitHub-Event",
                        "pull_request",
                        "X-Hub-Signature-256",
                        "sha256=" + signature(secret))
                .status();
    }

    private static String signature(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
