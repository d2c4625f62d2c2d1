package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an editor does in the panel of a Strapi 5, by the API that the panel uses. */
final class StrapiAdmin {
    /** All that Strapi 5 knows without its paid features. */
    static final List<String> EVENTS = List.of(
            "entry.create",
            "entry.update",
            "entry.delete",
            "entry.publish",
            "entry.unpublish",
            "media.create",
            "media.update",
            "media.delete");

    private static final String ARTICLES = "/content-manager/collection-types/api::article.article";
    private static final String BOUNDARY = "part-of-the-form";
    private static final String MAIL = "editor@example.com";
    private static final String PASSWORD = "Correct-horse-1";

    private final Rest api;

    private StrapiAdmin(Rest api) {
        this.api = api;
    }

    /** As its first user, who is registered if there is none. */
    static StrapiAdmin signedIn(String url) {
        Rest api = new Rest(url);
        JsonObject credentials = new JsonObject().put("email", MAIL).put("password", PASSWORD);
        boolean known = api.get("/admin/init").json().getJsonObject("data").getBoolean("hasAdmin");
        Rest.Answer answer = known
                ? api.post("/admin/login", credentials)
                : api.post("/admin/register-admin", credentials.put("firstname", "Ed"));
        return new StrapiAdmin(api.as(expect(answer).getJsonObject("data").getString("token")));
    }

    /** All events to this URL. */
    void createWebhook(String name, String url, JsonObject headers) {
        expect(api.post(
                "/admin/webhooks",
                new JsonObject()
                        .put("name", name)
                        .put("url", url)
                        .put("headers", headers)
                        .put("events", new JsonArray(EVENTS))));
    }

    void deleteWebhooks() {
        JsonArray all = expect(api.get("/admin/webhooks")).getJsonArray("data");
        for (int i = 0; i < all.size(); i++) {
            expect(api.delete("/admin/webhooks/" + all.getJsonObject(i).getString("id")));
        }
    }

    /** The document's id. */
    String create(String title) {
        JsonObject created = expect(api.post(ARTICLES, new JsonObject().put("title", title)));
        return created.getJsonObject("data").getString("documentId");
    }

    void update(String documentId, String title) {
        byte[] article = new JsonObject().put("title", title).toBuffer().getBytes();
        expect(api.send("PUT", ARTICLES + "/" + documentId, "application/json", article));
    }

    void publish(String documentId) {
        expect(api.post(ARTICLES + "/" + documentId + "/actions/publish", new JsonObject()));
    }

    void unpublish(String documentId) {
        expect(api.post(ARTICLES + "/" + documentId + "/actions/unpublish", new JsonObject()));
    }

    void delete(String documentId) {
        expect(api.delete(ARTICLES + "/" + documentId));
    }

    /** The file's id. */
    int upload(String name, byte[] png) {
        String file = "name=\"files\"; filename=\"%s\"\r\nContent-Type: image/png".formatted(name);
        Rest.Answer answer = postForm("/upload", part(file, png), info(name));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return new JsonArray(answer.text()).getJsonObject(0).getInteger("id");
    }

    void renameFile(int id, String name) {
        expect(postForm("/upload?id=" + id, info(name)));
    }

    void deleteFile(int id) {
        expect(api.delete("/upload/files/" + id));
    }

    private Rest.Answer postForm(String path, byte[]... parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            form.writeBytes(part);
        }
        form.writeBytes(utf8("--" + BOUNDARY + "--\r\n"));
        return api.send("POST", path, "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
    }

    private static byte[] info(String name) {
        return part(
                "name=\"fileInfo\"",
                new JsonObject().put("name", name).toBuffer().getBytes());
    }

    private static byte[] part(String what, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(utf8("--%s\r\nContent-Disposition: form-data; %s\r\n\r\n".formatted(BOUNDARY, what)));
        part.writeBytes(content);
        part.writeBytes(utf8("\r\n"));
        return part.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject expect(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer.text().isEmpty() ? new JsonObject() : answer.json();
    }
}
