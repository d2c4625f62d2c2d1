package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.cms.StrapiErrorForm;
import dev.sluice.admin.web.RestRouter;
import dev.sluice.http.FrontDoor;
import dev.sluice.memory.Quota;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleRoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = await(FrontDoor.of(
                    vertx.createHttpServer(),
                    RestRouter.create(
                            vertx,
                            (request, needed) -> {
                                throw new AssertionError("nobody is asked for a key");
                            },
                            1024,
                            new Quota(1 << 20),
                            new StrapiErrorForm(),
                            List.of(new ConsoleRoutes(
                                    look -> look.equals("ours") ? "https://cdn.example.com/logo.png" : null))))
            .listen(0, "127.0.0.1"));
    private final ConsoleFiles files = ConsoleFiles.load();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/webhooks",
                "/webhooks/new",
                "/webhooks/wh_1/settings?tenant=a&x=y",
                "/deliveries?state=dead"
            })
    void answersThePageAtTheAddressOfEveryView(String path) {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<div id=\"app\">");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void allowsScriptsOfItsOwnAloneAndNoFrame() {
        assertThat(get("/").headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe", "*");
    }

    @Test
    void allowsTheOneLogoThatTheAddressOfAPortalIsSealedWith() {
        assertThat(get("/webhooks?look=ours").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("img-src 'self' https://cdn.example.com/logo.png;"));
        for (String address : List.of("/webhooks?look=forged", "/webhooks?look=", "/portal")) {
            assertThat(get(address).headers().firstValue("content-security-policy"))
                    .as(address)
                    .hasValueSatisfying(policy -> assertThat(policy).contains("img-src 'self';"));
        }
    }

    @Test
    void letsABrowserKeepTheFilesOfThisVersionForGood() {
        HttpResponse<String> script = get("/console/" + files.version() + "/app.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("content-type")).hasValue("text/javascript; charset=utf-8");
        assertThat(script.headers().firstValue("cache-control"))
                .hasValueSatisfying(kept -> assertThat(kept).contains("immutable"));
    }

    @Test
    void servesThePageOfAnotherVersionButNotToBeKept() {
        HttpResponse<String> script = get("/console/0123456789ab/app.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("cache-control")).hasValue("no-store");
    }

    @Test
    void packsForWhoeverCanUnpack() {
        HttpResponse<String> packed = get("/console/x/app.css", "Accept-Encoding", "gzip, br");
        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(packed.headers().firstValue("vary")).hasValue("Accept-Encoding");
        assertThat(get("/console/x/app.css").headers().firstValue("content-encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/x/nothing.js",
                "/console/",
                "/console/x/../../openapi.yaml",
                "/console/x/..%2fconf%2fsluice.yaml",
                "/nowhere"
            })
    void hasNothingElse(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    private HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
