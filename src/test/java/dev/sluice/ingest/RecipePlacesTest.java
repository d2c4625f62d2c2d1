package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where type and entry stand in requests that are not like the usual one of their producer. */
class RecipePlacesTest extends SendersHarness {
    /** Its body says no more than "deleted", of stories, assets and users alike. */
    @Test
    void tellsAnAssetOfStoryblokFromAStory() {
        provider("storyblok", "storyblok-secret");
        String body =
                "{\"text\":\"The user published the Story Home\",\"action\":\"deleted\",\"space_id\":285,\"asset_id\":7}";
        String signed = "webhook-signature: 1349b0e459e65ff247865a9ae1bc86236a770ac6\r\n"; // by openssl
        post(signed + "X-Storyblok-Topic: asset.deleted\r\n", body);
        assertThat(server.journal.only().attributes().get("type")).isEqualTo("asset.deleted");
    }

    /** Of what is deleted there is no current state, only a previous one. */
    @Test
    void knowsTheEntryThatGhostDeleted() {
        provider("ghost", "ghost-secret");
        String body = "{\"post\":{\"current\":{},\"previous\":{\"id\":\"p1\",\"title\":\"x\"}}}";
        String signature = hmac("ghost-secret", body + "1795252444000");
        post("X-Ghost-Signature: sha256=%s, t=1795252444000\r\n".formatted(signature), body);
        assertThat(server.journal.only().attributes().get("entryid")).isEqualTo("p1");
    }

    /** The key that GitLab keeps when it sends again. */
    @Test
    void takesWhatGitLabSendsAgainForTheSame() {
        provider("gitlab", "gitlab-secret");
        String headers = "X-Gitlab-Token: gitlab-secret\r\nX-Gitlab-Event: Push Hook\r\nIdempotency-Key: f5e57dd0\r\n";
        post(headers + "X-Gitlab-Webhook-UUID: 1\r\n", BODY);
        post(headers + "X-Gitlab-Webhook-UUID: 2\r\n", BODY);
        assertThat(server.journal.drafts())
                .extracting(draft -> draft.attributes().get("id"))
                .containsOnly("f5e57dd0");
    }

    /** CloudEvents, HTTP 1.1 Web Hooks, section 3.2, for senders that take nothing but a URL. */
    @Test
    void letsInASenderOfCloudEventsThatHasItsTokenInTheUrl() {
        provider("cloudevents", "a-secret-of-some-length");
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"com.example.created\"}";
        String type = "Content-Type: application/cloudevents+json\r\n";
        assertThat(server.post("/v1/sources/any/events?access_token=a-secret-of-some-length", type, event)
                        .status())
                .isEqualTo(202);
        assertThat(server.post("/v1/sources/any/events?access_token=another-secret-of-some", type, event)
                        .status())
                .isEqualTo(401);
    }
}
