package dev.sluice.admin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.ApiClient;
import dev.sluice.source.SenderAuth;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.subscription.Target.Header;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceRoutesTest extends SourceRoutesHarness {
    private static final String MASK = "••••••";

    @Test
    void listsThoseOfTheConfigurationAndThoseThatWereMade() {
        ApiClient.Answer created = api.post("/v1/sources", source("blog").put("enabled", false));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/v1/sources/blog");
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().getString("path")).isEqualTo("/v1/sources/blog/events");

        JsonArray all = api.get("/v1/sources").json().getJsonArray("sources");
        assertThat(names(all)).containsExactly("blog", "guarded", "strapi");
        assertThat(all.getJsonObject(0).getString("origin")).isEqualTo("api");
        assertThat(all.getJsonObject(1).getString("origin")).isEqualTo("config");
        assertThat(all.getJsonObject(1).encode()).doesNotContain("a-secret-token");
        JsonObject first = api.get("/v1/sources?limit=1").json();
        assertThat(names(first.getJsonArray("sources"))).containsExactly("blog");
        JsonObject rest =
                api.get("/v1/sources?cursor=" + first.getString("cursor")).json();
        assertThat(names(rest.getJsonArray("sources"))).containsExactly("guarded", "strapi");
        assertThat(rest.getString("cursor")).isNull();
    }

    @Test
    void st14_st15_defaultHeadersAreMaskedAndKeptWhenTheMaskComesBack() {
        JsonObject header = new JsonObject()
                .put("name", "Authorization")
                .put("value", "Bearer abc")
                .put("secret", true);
        api.post("/v1/sources", source("blog").put("defaultHeaders", new JsonArray().add(header)));
        JsonObject read = api.get("/v1/sources/blog").json();
        assertThat(read.encode()).contains(MASK).doesNotContain("abc");

        read.remove("name");
        JsonArray headers = read.getJsonArray("defaultHeaders")
                .add(new JsonObject().put("name", "X-Plain").put("value", "1"));
        ApiClient.Answer changed = api.patch("/v1/sources/blog", new JsonObject().put("defaultHeaders", headers));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(api.sources.find("blog").defaultHeaders())
                .containsExactly(new Header("Authorization", "Bearer abc", true), new Header("X-Plain", "1", false));

        ApiClient.Answer masked = api.patch(
                "/v1/sources/blog",
                new JsonObject()
                        .put(
                                "defaultHeaders",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("name", "X-New")
                                                .put("value", MASK))));
        assertThat(masked.status()).isEqualTo(400);
        assertThat(masked.pointer()).isEqualTo("/defaultHeaders/0/value");
    }

    @Test
    void st19_aSourceOfTheConfigurationIsChangedByOneThatStandsInItsPlace() {
        assertThat(api.delete("/v1/sources/guarded").problem()).isEqualTo("configured");

        ApiClient.Answer off =
                api.patch("/v1/sources/guarded", new JsonObject().put("enabled", false), "If-Match", "\"0\"");
        assertThat(off.status()).isEqualTo(200);
        assertThat(off.json().getString("origin")).isEqualTo("api");
        Source stored = api.sources.find("guarded");
        assertThat(stored.enabled()).isFalse();
        assertThat(stored.auth()).isEqualTo(new SenderAuth.Token("a-secret-token"));

        assertThat(api.delete("/v1/sources/guarded").status()).isEqualTo(204);
        assertThat(api.get("/v1/sources/guarded").json().getString("origin")).isEqualTo("config");
        assertThat(api.sources.find("guarded").enabled()).isTrue();
    }

    @Test
    void refusesAChangeOfAVersionThatIsNoMore() {
        api.post("/v1/sources", source("blog"));
        JsonObject off = new JsonObject().put("enabled", false);
        assertThat(api.patch("/v1/sources/blog", off, "If-Match", "\"2\"").status())
                .isEqualTo(412);
        assertThat(api.patch("/v1/sources/blog", off, "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(api.delete("/v1/sources/blog", "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api.delete("/v1/sources/blog", "If-Match", "\"2\"").status()).isEqualTo(204);
        assertThat(api.get("/v1/sources/blog").problem()).isEqualTo("no-such-source");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"dialect\":\"strapi\"}|/name",
                "{\"name\":\"a/b\",\"dialect\":\"strapi\"}|/name",
                "{\"name\":\"sluice\",\"dialect\":\"strapi\"}|/name",
                "{\"name\":\"a\"}|/dialect",
                "{\"name\":\"a\",\"dialect\":\"drupal\"}|/dialect",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"enabled\":1}|/enabled",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"key\",\"token\":\"x\"}}|/auth/token",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"token\"}}|/auth/token",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"token\",\"token\":\"short\"}}|/auth/token",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"token\",\"token\":\"••••••\"}}|/auth/token",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"digest\"}}|/auth/type",
                "{\"name\":\"a\",\"provider\":\"github\"}|/secret",
                "{\"name\":\"a\",\"provider\":\"github\",\"secret\":\"\"}|/secret",
                "{\"name\":\"a\",\"provider\":\"grafana\",\"secret\":\"\"}|/secret",
                "{\"name\":\"a\",\"provider\":\"docker-hub\",\"secret\":\"short\"}|/secret",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"token\"},\"secret\":\"\"}|/secret",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"basic\",\"username\":\"a:b\",\"password\":\"p\"}}|/auth/username",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"auth\":{\"type\":\"header\",\"name\":\"a b\",\"value\":\"p\"}}|/auth/name",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"defaultHeaders\":[{\"name\":\"Content-Type\",\"value\":\"x\"}]}|/defaultHeaders/0/name",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"rules\":{\"nestedUsers\":\"eat\"}}|/rules/nestedUsers",
                "{\"name\":\"a\",\"dialect\":\"strapi\",\"nmae\":1}|/nmae"
            })
    void pointsAtWhatIsWrong(String body, String pointer) {
        ApiClient.Answer answer = api.post("/v1/sources", new JsonObject(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-source");
        assertThat(answer.pointer()).isEqualTo(pointer);
        assertThat(api.sources.find("a")).isNull();
    }

    @Test
    void saysOneThingOfASecretThatIsNotThere() {
        JsonObject source = new JsonObject().put("name", "gh").put("provider", "github");
        assertThat(api.post("/v1/sources", source).json().getJsonArray("errors"))
                .singleElement()
                .isEqualTo(new JsonObject().put("pointer", "/secret").put("detail", "missing (expected: the secret)"));
        api.post("/v1/sources", source.put("secret", "of-github"));
        ApiClient.Answer changed = api.patch("/v1/sources/gh", new JsonObject().put("secret", ""));
        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.json().getJsonArray("errors")).hasSize(1);
        assertThat(changed.pointer()).isEqualTo("/secret");
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThat(api.post("/v1/sources", source("strapi")).problem()).isEqualTo("name-taken");
    }

    @Test
    void takesNoMoreSourcesOfATenantThanItMayHave() {
        api.as(ApiKeys.bound("acme", Role.MANAGE, "acme", null));
        for (int i = 0; i < Sources.MOST_OF_TENANT; i++) {
            assertThat(api.post("/v1/sources", source("s" + i)).status()).isEqualTo(201);
        }
        for (String path : List.of("/v1/sources", "/v1/sources?dryRun=true")) {
            ApiClient.Answer refused = api.post(path, source("more"));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.problem()).isEqualTo("too-many-sources");
            assertThat(refused.detail())
                    .isEqualTo(
                            "the tenant 'acme' has 200 sources (expected: at most 200 with the new one; delete some)");
        }
        assertThat(api.patch("/v1/sources/s0", new JsonObject().put("enabled", false))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void showsATenantItsOwnSourcesAndTakesNoOthersName() {
        api.as(ApiKeys.bound("acme", Role.MANAGE, "acme", null));
        assertThat(api.post("/v1/sources", source("blog").put("tenant", "other"))
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/v1/sources", source("blog")).json().getString("tenant"))
                .isEqualTo("acme");
        assertThat(names(api.get("/v1/sources").json().getJsonArray("sources"))).containsExactly("blog");
        assertThat(api.get("/v1/sources/strapi").status()).isEqualTo(404);
        assertThat(api.patch("/v1/sources/strapi", new JsonObject().put("enabled", false))
                        .status())
                .isEqualTo(404);
        assertThat(api.delete("/v1/sources/guarded").status()).isEqualTo(404);
        assertThat(api.get("/v1/event-types?source=strapi").status()).isEqualTo(404);
        assertThat(api.post("/v1/sources", source("strapi")).problem()).isEqualTo("name-taken");

        api.as(ApiKeys.bound("another", Role.MANAGE, "another", null));
        assertThat(api.get("/v1/sources/blog").status()).isEqualTo(404);
        assertThat(api.post("/v1/sources", source("blog")).problem()).isEqualTo("name-taken");

        api.as(Role.READ);
        assertThat(api.patch("/v1/sources/blog", new JsonObject().put("enabled", false))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anotherDialectBringsItsOwnRules() {
        api.post("/v1/sources", source("blog").put("rules", new JsonObject().put("nestedUsers", "keep")));
        JsonObject same = api.patch("/v1/sources/blog", new JsonObject().put("enabled", false))
                .json();
        assertThat(same.getJsonObject("rules").getString("nestedUsers")).isEqualTo("keep");
        JsonObject reset = new JsonObject().putNull("rules");
        assertThat(api.patch("/v1/sources/blog", reset)
                        .json()
                        .getJsonObject("rules")
                        .getString("nestedUsers"))
                .isEqualTo("strip-to-id");
    }

    private static List<String> names(JsonArray sources) {
        return sources.stream()
                .map(source -> ((JsonObject) source).getString("name"))
                .toList();
    }
}
