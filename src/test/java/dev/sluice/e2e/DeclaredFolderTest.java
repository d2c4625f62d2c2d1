package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the files of a folder that a pod is given say becomes so; of several pods {@link DeclaredTurnTest}. */
@Timeout(120)
class DeclaredFolderTest extends DeclaredHarness {
    @Test
    void aFolderThatCannotBeAppliedIsCountedAndThePodServesUntilItCan() {
        write("webhooks:\n  - {name: Deploy, url: 'ftp://ci.example'}\n");
        try (TestPod following = TestPod.start(REDIS.uri(), "SLUICE_DATA_DECLARED_DIR", folder.toString())) {
            await().until(() -> following.metrics().of("sluice_faults_total") > 0);
            assertThat(following.api().get("/v1/webhooks").status()).isEqualTo(200);
            write("webhooks:\n  - {name: Deploy, url: 'https://ci.example'}\n");
            await().until(() -> all("webhooks").size() == 1);
        }
    }
}
