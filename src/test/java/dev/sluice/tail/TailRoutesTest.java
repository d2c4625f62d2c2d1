package dev.sluice.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TailRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysWhichKindsThereAre() {
        ApiClient.Answer answer = api.get("/v1/tail?kinds=event,everything");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("everything", "event, attempt, state");
    }

    @Test
    void goesOnOnlyBehindALineThatMayHaveBeen() {
        ApiClient.Answer answer = api.send("GET", "/v1/tail", null, "Last-Event-ID", "yesterday");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("Last-Event-ID");
    }

    @Test
    void needsAKeyThatMayRead() {
        assertThat(api.as(Role.PUBLISH).get("/v1/tail").status()).isEqualTo(403);
        assertThat(api.asNobody().get("/v1/tail").status()).isEqualTo(401);
    }
}
