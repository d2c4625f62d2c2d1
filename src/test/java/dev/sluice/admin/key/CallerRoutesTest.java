package dev.sluice.admin.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void tellsThatEverybodyMayEverythingWhileThereIsNoKey() {
        assertThat(api.get("/v1/me").json().getMap())
                .containsEntry("role", "admin")
                .containsEntry("open", true);
    }

    @Test
    void tellsAKeyWhatItMayDo() {
        assertThat(api.as(Role.READ).get("/v1/me").json().getMap())
                .containsEntry("name", "the the-read")
                .containsEntry("role", "read")
                .containsEntry("tenant", null)
                .containsEntry("open", false);
    }

    @Test
    void tellsAKeyThatOnlySendsThatItMayNotRead() {
        ApiClient.Answer answer = api.as(Role.PUBLISH).get("/v1/me");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.detail()).contains("publish", "read");
    }
}
