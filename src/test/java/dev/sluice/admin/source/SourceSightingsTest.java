package dev.sluice.admin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.Source;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.privacy.Redacted;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SourceSightingsTest extends SourceRoutesHarness {
    @Test
    void showsWhatASourceWasSeenToSend() {
        api.sightings.kept("strapi", "entry.create");
        api.sightings.kept("strapi", "entry.create");
        api.sightings.dropped("strapi", "entry.create");
        api.sightings.kept("strapi", "plugin.own");
        api.sightings.refused("strapi");
        JsonObject seen = api.get("/v1/sources/strapi").json().getJsonObject("seen");
        assertThat(seen.getInteger("refused")).isEqualTo(1);
        JsonObject create = seen.getJsonArray("types").getJsonObject(0);
        assertThat(create.getString("type")).isEqualTo("entry.create");
        assertThat(create.getInteger("count")).isEqualTo(2);
        assertThat(create.getInteger("dropped")).isEqualTo(1);

        JsonArray types = api.get("/v1/event-types?source=strapi").json().getJsonArray("eventTypes");
        assertThat(types.getJsonObject(0).getJsonObject("seen").getInteger("count"))
                .isEqualTo(2);
        assertThat(types.getJsonObject(1).containsKey("seen"))
                .as("a name that never fired")
                .isFalse();
        JsonObject last = types.getJsonObject(types.size() - 1);
        assertThat(last.getString("type")).isEqualTo("plugin.own");
        assertThat(last.getBoolean("builtIn")).isFalse();
    }

    @Test
    void warnsOfRulesThatMatchedNothingInWhatWasSeen() {
        api.post("/v1/sources", source("blog").put("rules", RULES));
        assertThat(warnings(api.get("/v1/sources/blog"))).isEmpty();
        see("blog", ENTRY);
        see("blog", ENTRY);
        assertThat(warnings(api.get("/v1/sources/blog")))
                .containsExactly(
                        "privateFields.article: zip has never matched, in 2 events to which it applied.",
                        "userPaths: owner has never matched, in 2 events to which it applied.");

        see("blog", ENTRY.replace("title", "owner"));
        assertThat(warnings(api.get("/v1/sources/blog")))
                .as("the title was missing once; the owner is there at last")
                .containsExactly("privateFields.article: zip has never matched, in 3 events to which it applied.");

        JsonObject others = new JsonObject().putNull("privateFields");
        api.patch("/v1/sources/blog", new JsonObject().put("rules", others));
        assertThat(warnings(api.get("/v1/sources/blog")))
                .as("of a rule that is no more")
                .isEmpty();
    }

    /** What ingest notes of an event that it stored. */
    private void see(String name, String body) {
        Source source = api.sources.find(name);
        Arrival arrival =
                new Arrival(name, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body), "2026-01-15T09:30:00.000Z");
        Redacted redacted = ((Reading.Kept) source.dialect().read(arrival, source.rules())).redacted();
        api.sightings.ruled(name, redacted.matched(), redacted.unmatched());
    }

    @Test
    void st08_listsTheEventsOfStrapiWithLabelsAndSamples() {
        JsonArray types = api.get("/v1/event-types?source=strapi").json().getJsonArray("eventTypes");
        assertThat(types.stream().map(JsonObject.class::cast).filter(type -> type.getBoolean("seed")))
                .extracting(type -> type.getString("type"))
                .containsExactly(
                        "entry.create",
                        "entry.update",
                        "entry.delete",
                        "entry.publish",
                        "entry.unpublish",
                        "media.create",
                        "media.update",
                        "media.delete");
        JsonObject publish = types.getJsonObject(3);
        assertThat(publish.getString("tooltip")).contains("Draft & Publish");
        assertThat(publish.getJsonObject("label").getString("en")).isEqualTo("Publish");
        assertThat(publish.getJsonObject("groupLabel").getString("es")).isEqualTo("Entrada");
        assertThat(publish.getJsonObject("sample").getString("event")).isEqualTo("entry.publish");
    }

    @Test
    void pagesThroughAllEventTypes() {
        int found = 0;
        String cursor = "";
        do {
            JsonObject page =
                    api.get("/v1/event-types?limit=100&cursor=" + cursor).json();
            found += page.getJsonArray("eventTypes").size();
            cursor = page.getString("cursor");
        } while (cursor != null);
        assertThat(found).isEqualTo(11 + 81 + 93 + 83);
        assertThat(api.get("/v1/event-types?cursor=eA").problem()).isEqualTo("invalid-query");
    }
}
