package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.access.Caller;
import dev.sluice.access.Role;
import dev.sluice.http.Problem;
import dev.sluice.memory.Quota;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The memory that the API's bodies take, over real sockets. */
class BodiesTest {
    private static final int LARGE = 60_000;
    private static final String HEAD = "POST /take HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Quota quota = new Quota(100_000);
    private HttpServer server;

    @BeforeEach
    void listen() {
        Routes routes = mount -> {
            mount.post("/take", Role.ADMIN, call -> Future.succeededFuture(Reply.noContent()));
            mount.get("/give", Role.ADMIN, call -> Future.succeededFuture(large()));
        };
        Caller anybody = new Caller("key_1", "test", Role.ADMIN, null, null);
        Router router =
                RestRouter.create(vertx, (request, needed) -> anybody, 1 << 20, quota, new Problems(), List.of(routes));
        server = ScriptedEndpoint.await(
                vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    /** As everywhere. */
    private static final class Problems implements ErrorForm {
        @Override
        public boolean serves(String path) {
            return false;
        }

        @Override
        public JsonObject view(Problem problem, Object body) {
            return problem.toJson();
        }
    }

    @AfterEach
    void close() {
        ScriptedEndpoint.await(vertx.close());
    }

    private static Reply large() {
        return Reply.content("text/plain", Buffer.buffer(new byte[LARGE]));
    }

    private RawHttp connect() {
        return new RawHttp(server.actualPort());
    }

    private int take(int bytes) {
        try (RawHttp http = connect()) {
            return http.post("/take", "", "x".repeat(bytes)).read().status();
        }
    }

    private RawHttp.Response give() {
        try (RawHttp http = connect()) {
            return http.send("GET /give HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
        }
    }

    @Test
    void bodiesThatDoNotComeTakeNoMoreThanThereIsForAllAndSmallOnesAreServed() {
        try (RawHttp slow = connect()) {
            slow.send(HEAD.formatted(LARGE));
            await().until(() -> quota.held() == LARGE);
            assertThat(take(LARGE)).isEqualTo(503);
            assertThat(take(100)).isEqualTo(204);
            assertThat(slow.send("x".repeat(LARGE)).read().status()).isEqualTo(204);
        }
        assertThat(take(LARGE)).isEqualTo(204);
        await().until(() -> quota.held() == 0);
    }

    @Test
    void answersThatFindNoRoomAreRefusedAndSayWhen() {
        try (RawHttp slow = connect()) {
            slow.send(HEAD.formatted(LARGE));
            await().until(() -> quota.held() == LARGE);
            assertThat(give().status()).isEqualTo(503);
            assertThat(give().header("retry-after")).isEqualTo("1");
        }
        await().until(() -> quota.held() == 0);
        assertThat(give().body()).hasSize(LARGE);
    }

    @Test
    void bodyOfUnknownLengthCountsAsTheLargest() {
        try (RawHttp slow = connect();
                RawHttp other = connect()) {
            slow.send("POST /take HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            await().until(() -> quota.held() == 1 << 20);
            assertThat(other.post("/take", "", "x".repeat(LARGE)).read().status())
                    .isEqualTo(503);
        }
        await().until(() -> quota.held() == 0);
    }
}
