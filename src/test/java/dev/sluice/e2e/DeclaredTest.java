package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks and sources as files: what they say becomes so, by the commands. */
@Timeout(120)
class DeclaredTest extends DeclaredHarness {
    private static final String TWO = """
            webhooks:
              - name: Deploy
                url: https://ci.example/hook
                eventTypes: ['entry.*']
                headers:
                  - {name: X-Token, value: {fromEnv: TOKEN}, secret: true}
            sources:
              - name: site
                dialect: strapi
                auth: {type: token, token: {fromFile: site.token}}
            """;

    private Map<String, String> environment = Map.of("TOKEN", "a-secret-token");
    private String out = "";
    private String mistakes = "";

    private int run(String... words) {
        CommandRun run = CommandRun.at(pod.url(), environment, words);
        out = run.out();
        mistakes = run.mistakes();
        return run.code();
    }

    private int plan(String... more) {
        return run(Stream.concat(Stream.of("plan", folder.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private int apply(String... more) {
        return run(Stream.concat(Stream.of("apply", folder.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private JsonObject webhook() {
        assertThat(all("webhooks")).hasSize(1);
        return all("webhooks").get(0);
    }

    @Test
    void aPlanSaysWhatWouldBeMadeAndMakesNothing() {
        write(TWO);
        assertThat(plan()).as(mistakes).isEqualTo(2);
        assertThat(out)
                .contains("+ webhook \"Deploy\"", "+ source \"site\"", "2 to make")
                .doesNotContain("a-secret-token");
        assertThat(all("webhooks")).isEmpty();
    }

    @Test
    void whatIsAppliedIsThereAndThenNothingDiffers() {
        write(TWO);
        assertThat(apply()).as(mistakes).isZero();
        assertThat(webhook().getJsonArray("eventTypes")).containsExactly("entry.*");
        assertThat(plan()).as(out).isZero();
        assertThat(out).contains("2 as they are");
        long version = webhook().getLong("version");
        assertThat(apply()).isZero();
        assertThat(webhook().getLong("version")).isEqualTo(version);
    }

    @Test
    void aDifferenceIsShownMemberByMemberAndOnlyThatIsChanged() {
        write(TWO);
        apply();
        String id = webhook().getString("id");
        write(TWO.replace("entry.*", "media.*") + "prune: false\n");

        assertThat(plan()).isEqualTo(2);
        assertThat(out)
                .contains(
                        "~ webhook \"Deploy\"",
                        "/eventTypes/0: \"entry.*\" -> \"media.*\"",
                        "1 to alter",
                        "1 as they are");
        assertThat(apply()).as(mistakes).isZero();
        assertThat(webhook().getString("id")).isEqualTo(id);
        assertThat(webhook().getJsonArray("eventTypes")).containsExactly("media.*");
    }

    @Test
    void whatAFileDoesNotSayAnyMoreGetsItsDefault() {
        write(TWO.replace("    eventTypes: ['entry.*']\n", "    timeoutMs: 1234\n"));
        apply();
        write(TWO);
        assertThat(apply()).as(mistakes).isZero();
        assertThat(webhook().getLong("timeoutMs")).isNotEqualTo(1234);
    }

    @Test
    void anotherSecretIsADifferenceThatIsNotShown() {
        write(TWO);
        apply();
        environment = Map.of("TOKEN", "another-token");
        assertThat(plan()).isEqualTo(2);
        assertThat(out)
                .contains("~ webhook \"Deploy\"", "a secret", "1 to alter")
                .doesNotContain("another-token");
        assertThat(apply()).isZero();
        assertThat(plan()).as(out).isZero();

        write("site.token", "");
        write(TWO.replace("fromFile: site.token", "fromFile: other.token"));
        write("other.token", "a-new-token-of-the-site");
        assertThat(plan()).isEqualTo(2);
        assertThat(out).contains("~ source \"site\"", "a secret");
    }

    @Test
    void whoSwitchedAWebhookOffAtNightIsNotOverruled() {
        write(TWO);
        apply();
        pod.api().patch("/v1/webhooks/" + webhook().getString("id"), new JsonObject().put("enabled", false));
        assertThat(plan()).as(out).isZero();
        write(TWO.replace("    eventTypes", "    enabled: true\n    eventTypes"));
        assertThat(plan()).isEqualTo(2);
        assertThat(out).contains("/enabled: false -> true");
    }

    @Test
    void deletesWhatIsInNoFileOnlyWhenToldTo() {
        write(TWO);
        apply();
        write("webhooks: []\n");
        assertThat(apply()).isZero();
        assertThat(out).contains("in no file, and left", "webhook \"Deploy\"");
        assertThat(plan()).isZero();
        assertThat(plan("--prune")).isEqualTo(2);
        assertThat(out).contains("- webhook \"Deploy\"").doesNotContain("source");
        assertThat(apply("--prune")).isZero();
        assertThat(all("webhooks")).isEmpty();
        assertThat(pod.api().get("/v1/sources/site").status())
                .as("no file speaks of sources")
                .isEqualTo(200);
    }

    @Test
    void saysEveryMistakeAtOnceWhereItIsAndChangesNothing() {
        write("""
                webhooks:
                  - {name: a, url: 'ftp://example.com'}
                  - {name: b, url: 'https://example.com', timeoutMs: -1}
                  - {name: c, url: 'https://example.com'}
                """);
        assertThat(apply()).isEqualTo(1);
        assertThat(mistakes).contains("all.yaml: webhook \"a\"", "/url", "webhook \"b\"", "/timeoutMs");
        assertThat(all("webhooks")).isEmpty();

        write("webhooks:\n  - {url: x}\n  - {name: d, url: {fromEnv: NO_SUCH}}\nothers: []\n");
        assertThat(plan()).isEqualTo(1);
        assertThat(mistakes).contains("others: unknown (expected: webhooks, sources, prune)");
        write("webhooks:\n  - {url: x}\n  - {name: d, url: {fromEnv: NO_SUCH}}\n");
        assertThat(plan()).isEqualTo(1);
        assertThat(mistakes).contains("webhooks[0]: name: missing", "webhooks[1]: fromEnv: NO_SUCH");
    }

    @Test
    void refusesANameThatTwoHaveUnlessAnIdSaysWhich() {
        pod.webhook(new JsonObject().put("name", "twin").put("url", "https://a.example"));
        JsonObject second = pod.webhook(new JsonObject().put("name", "twin").put("url", "https://b.example"));
        write("webhooks:\n  - {name: twin, url: 'https://c.example'}\n");
        assertThat(plan()).isEqualTo(1);
        assertThat(mistakes).contains("2 have this name", second.getString("id"));
        write("webhooks:\n  - {name: twin, id: %s, url: 'https://c.example'}\n".formatted(second.getString("id")));
        assertThat(plan()).isEqualTo(2);
        assertThat(out).contains("/url: \"https://b.example\" -> \"https://c.example\"");
    }

    @Test
    void whatIsExportedIsWhatIsThere() {
        write(TWO);
        apply();
        pod.webhook(new JsonObject()
                .put("name", "Filtered")
                .put("url", "https://b.example")
                .put(
                        "filter",
                        new JsonObject("{\"all\":[{\"exact\":{\"model\":\"article\"}},{\"sql\":\"site = '12'\"}]}"))
                .put("rateLimit", new JsonObject().put("limit", 5).put("periodMs", 1000)));
        assertThat(run("export")).as(mistakes).isZero();
        assertThat(out)
                .contains("name: Deploy", "sql: site = '12'")
                .doesNotContain("a-secret-token", "createdAt", "the-token-of");
        write(out);
        assertThat(plan("--prune")).as(out + mistakes).isZero();
        assertThat(out).contains("3 as they are");
    }

    private int runAt(String url, String key) {
        CommandRun run = CommandRun.at(url, Map.of("TOKEN", "x", "SLUICE_KEY", key), "plan", folder.toString());
        mistakes = run.said();
        return run.code();
    }

    @Test
    void saysThatNobodyAnswersOrThatTheKeyIsNoneOfIts() {
        write(TWO);
        String url;
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", "an-admin-key-of-the-test")) {
            url = locked.url();
            assertThat(runAt(url, "another-key")).isEqualTo(1);
            assertThat(mistakes).contains("401", "SLUICE_KEY");
            assertThat(runAt(url, "an-admin-key-of-the-test")).isEqualTo(2);
        }
        assertThat(runAt(url, "an-admin-key-of-the-test")).isEqualTo(1);
        assertThat(mistakes).contains("does not answer", "--url");
    }
}
