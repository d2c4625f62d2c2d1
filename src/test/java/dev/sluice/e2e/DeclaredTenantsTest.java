package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files are about the tenants that they name, and about no other; what they say of a source is all of it. */
@Timeout(60)
class DeclaredTenantsTest {
    private static final String ADMIN = "an-admin-key-of-the-test";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS, "SLUICE_ACCESS_ADMIN_KEY", ADMIN);

    @TempDir
    Path folder;

    private Rest admin;
    private String key = ADMIN;
    private String out = "";

    @BeforeEach
    void fill() {
        REDIS.command("FLUSHALL");
        pod.restart();
        admin = pod.api().as(ADMIN);
    }

    private void webhook(String tenant, String name) {
        JsonObject webhook = new JsonObject().put("name", name).put("url", "https://a.example");
        assertThat(admin.post("/v1/webhooks?tenant=" + tenant, webhook).status())
                .isEqualTo(201);
    }

    private void source(String name, String tenant) {
        JsonObject source = new JsonObject().put("name", name).put("dialect", "generic");
        assertThat(admin.post("/v1/sources", tenant == null ? source : source.put("tenant", tenant))
                        .status())
                .isEqualTo(201);
    }

    private int run(String command, String yaml, String... more) {
        try {
            Files.writeString(folder.resolve("all.yaml"), yaml);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        String[] words = Stream.concat(Stream.of(command, folder.toString(), "--key", key), Stream.of(more))
                .toArray(String[]::new);
        CommandRun run = CommandRun.at(pod.url(), Map.of("TOKEN", "the-token-of-it"), words);
        out = run.said();
        return run.code();
    }

    private List<String> names(String path, String kind) {
        JsonArray all = admin.get(path).json().getJsonArray(kind);
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(one -> !"config".equals(one.getString("origin")))
                .map(one -> one.getString("name"))
                .toList();
    }

    private String keyOf(String tenant) {
        JsonObject wanted =
                new JsonObject().put("name", "ci").put("role", "manage").put("tenant", tenant);
        return admin.post("/v1/keys", wanted).json().getString("token");
    }

    @Test
    void prunesInNoTenantThatNoFileNames() {
        List.of("default", "a", "b", "c").forEach(tenant -> webhook(tenant, "old"));
        source("shared", null);
        source("of-a", "a");
        source("of-b", "b");
        String yaml = """
                webhooks:
                  - {name: new, tenant: a, url: 'https://a.example'}
                sources:
                  - {name: new-of-a, tenant: a, dialect: generic}
                prune: true
                """;
        assertThat(run("apply", yaml, "--tenant", "c")).as(out).isZero();
        assertThat(names("/v1/webhooks?tenant=a", "webhooks")).containsExactly("new");
        for (String other : List.of("default", "b", "c")) {
            assertThat(names("/v1/webhooks?tenant=" + other, "webhooks")).containsExactly("old");
        }
        assertThat(names("/v1/sources", "sources")).containsExactlyInAnyOrder("shared", "of-b", "new-of-a");
    }

    @Test
    void anItemWithoutATenantMeansTheDefaultOne() {
        webhook("default", "old");
        webhook("a", "old");
        source("shared", null);
        source("of-a", "a");
        String yaml = """
                webhooks:
                  - {name: new, url: 'https://a.example'}
                sources:
                  - {name: new, dialect: generic}
                """;
        assertThat(run("apply", yaml, "--prune")).as(out).isZero();
        assertThat(names("/v1/webhooks", "webhooks")).containsExactly("new");
        assertThat(names("/v1/webhooks?tenant=a", "webhooks")).containsExactly("old");
        assertThat(names("/v1/sources", "sources")).containsExactlyInAnyOrder("new", "of-a");
    }

    @Test
    void aKeyOfATenantNeedsNoOptionToSayWhich() {
        webhook("a", "old");
        webhook("default", "old");
        key = keyOf("a");
        String yaml = """
                webhooks:
                  - {name: new, url: 'https://a.example'}
                sources:
                  - {name: new, dialect: generic}
                """;
        assertThat(run("plan", yaml)).as(out).isEqualTo(2);
        assertThat(run("apply", yaml, "--prune")).as(out).isZero();
        assertThat(names("/v1/webhooks?tenant=a", "webhooks")).containsExactly("new");
        assertThat(names("/v1/webhooks", "webhooks")).containsExactly("old");
        assertThat(run("plan", yaml)).as(out).isZero();
    }

    @Test
    void findsTheSameWebhookDeclaredWithAndWithoutItsTenant() {
        String yaml = """
                webhooks:
                  - {name: twin, url: 'https://a.example'}
                  - {name: twin, tenant: default, url: 'https://b.example'}
                """;
        assertThat(run("apply", yaml)).isEqualTo(1);
        assertThat(out).contains("webhook \"twin\": declared in", "already");
        assertThat(names("/v1/webhooks", "webhooks")).isEmpty();
    }

    @Test
    void aNameWithWhiteSpaceAroundItIsMadeOnce() {
        String yaml = "webhooks:\n  - {name: ' Deploy ', url: 'https://a.example'}\n";
        assertThat(run("apply", yaml)).as(out).isZero();
        assertThat(run("apply", yaml)).as(out).isZero();
        assertThat(names("/v1/webhooks", "webhooks")).containsExactly("Deploy");
    }

    @Test
    void whatASourcesFileDoesNotSayAnyMoreIsResetAtAnyDepth() {
        String yaml = """
                sources:
                  - name: site
                    dialect: strapi
                    auth: {type: token, token: {fromEnv: TOKEN}}
                    rules: {userPaths: [author]}
                """;
        assertThat(run("apply", yaml)).as(out).isZero();
        JsonObject rules = source("site").getJsonObject("rules");
        assertThat(run("apply", yaml.replace("[author]", "[author], passwordFields: [pin]")))
                .as(out)
                .isZero();
        assertThat(source("site").getJsonObject("rules")).isNotEqualTo(rules);
        assertThat(run("apply", yaml)).as(out).isZero();
        assertThat(out).contains("/rules/passwordFields");
        assertThat(source("site").getJsonObject("rules")).isEqualTo(rules);
        assertThat(run("plan", yaml)).as(out).isZero();
    }

    @Test
    void besideAProviderToo() {
        String yaml = """
                sources:
                  - name: code
                    provider: github
                    secret: {fromEnv: TOKEN}
                """;
        assertThat(run("apply", yaml)).as(out).isZero();
        JsonObject first = source("code");
        String more = """
                    defaultHeaders: [{name: X-More, value: one}]
                    forwardHeaders: {deny: [x-github-event]}
                    rules: {attributes: {more: /action}}
                """;
        assertThat(run("apply", yaml + more)).as(out).isZero();
        assertThat(source("code").getJsonObject("rules")).isNotEqualTo(first.getJsonObject("rules"));
        assertThat(run("apply", yaml)).as(out).isZero();
        JsonObject again = source("code");
        for (String member : List.of("auth", "rules", "defaultHeaders", "forwardHeaders", "provider")) {
            assertThat(again.getValue(member)).as(member).isEqualTo(first.getValue(member));
        }
        assertThat(run("plan", yaml)).as(out).isZero();
    }

    private JsonObject source(String name) {
        return admin.get("/v1/sources/" + name).json();
    }
}
