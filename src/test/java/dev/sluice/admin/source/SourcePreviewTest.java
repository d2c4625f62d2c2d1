package dev.sluice.admin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.ApiClient;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SourcePreviewTest extends SourceRoutesHarness {
    @Test
    void st16_thePreviewShowsThatAnEventAboutUsersIsDropped() {
        ApiClient.Answer preview = preview(ENTRY.replace("article", "user"));
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json().getBoolean("dropped")).isTrue();
        assertThat(preview.json().getString("rule")).isEqualTo("excludedModels");
        assertThat(preview.json().getJsonArray("webhooks")).isEmpty();
        assertThat(preview.json().containsKey("body")).isFalse();
    }

    @Test
    void thePreviewShowsWhatIsKeptAndWhoGetsIt() {
        registry.save(Webhooks.webhook("wh_1", "entry.*"));
        registry.save(Webhooks.webhook("wh_2", "media.*"));
        JsonObject preview = preview(ENTRY).json();
        assertThat(preview.getBoolean("dropped")).isFalse();
        assertThat(preview.getString("body")).isEqualTo(ENTRY);
        assertThat(preview.getBoolean("unchanged")).isTrue();
        assertThat(preview.getJsonObject("attributes").getString("model")).isEqualTo("article");
        assertThat(preview.getJsonArray("redactions")).isEmpty();
        assertThat(preview.getJsonArray("webhooks"))
                .hasSize(1)
                .first()
                .satisfies(webhook ->
                        assertThat(((JsonObject) webhook).getString("id")).isEqualTo("wh_1"));
        assertThat(api.sightings.lines()).isEmpty();
        assertThat(preview("[]").status()).isEqualTo(400);
        assertThat(preview("").status()).isEqualTo(400);
    }

    @Test
    void mo01_thePreviewWarnsOfASourceThatIsSwitchedOff() {
        api.patch("/v1/sources/strapi", new JsonObject().put("enabled", false));
        assertThat(preview(ENTRY).json().getJsonArray("warnings").encode()).contains("switched off");
    }

    @Test
    void thePreviewWarnsOfRulesThatMatchNothingInTheBody() {
        api.patch("/v1/sources/strapi", new JsonObject().put("rules", RULES));
        assertThat(warnings(preview(ENTRY)))
                .containsExactlyInAnyOrder(
                        "privateFields.article: zip matches nothing in this body.",
                        "userPaths: owner matches nothing in this body.");
        assertThat(warnings(preview(ENTRY.replace("\"title\"", "\"zip\":1,\"owner\""))))
                .containsExactly("privateFields.article: title matches nothing in this body.");
    }

    private ApiClient.Answer preview(String body) {
        return api.send("POST", "/v1/sources/strapi/preview", body, "Content-Type", "text/plain");
    }
}
