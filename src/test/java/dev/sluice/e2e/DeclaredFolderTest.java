package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the files of a folder that a pod is given say becomes so. */
@Timeout(120)
class DeclaredFolderTest extends DeclaredHarness {
    @Test
    void aFolderThatCannotBeAppliedIsCountedAndThePodServesUntilItCan() {
        write("webhooks:\n  - {name: Deploy, url: 'ftp://ci.example'}\n");
        try (TestPod following = TestPod.start(REDIS.uri(), "SLUICE_DATA_DECLARED_DIR", folder.toString())) {
            await().until(() -> following.metrics().of("sluice_faults_total") > 0);
            assertThat(following.api().get("/v1/webhooks").status()).isEqualTo(200);
            write("webhooks:\n  - {name: Deploy, url: 'https://ci.example'}\n");
            await().atMost(Duration.ofSeconds(20)).until(() -> all("webhooks").size() == 1);
        }
    }

    @Test
    void twoPodsThatAreGivenAFolderMakeItSoOnceAndFollowIt() {
        String yaml = "webhooks:\n  - {name: Deploy, url: 'https://ci.example/hook'}\n";
        write(yaml);
        List<TestPod> pods = Stream.generate(
                        () -> TestPod.start(REDIS.uri(), "SLUICE_DATA_DECLARED_DIR", folder.toString()))
                .limit(2)
                .toList();
        try {
            await().until(() -> all("webhooks").size(), size -> size > 0);
            write(yaml.replace("/hook", "/other") + "  - {name: More, url: 'https://ci.example/more'}\n");
            await().atMost(Duration.ofSeconds(20)).until(() -> all("webhooks").size() > 1);
            assertThat(all("webhooks"))
                    .extracting(webhook -> webhook.getString("url"))
                    .containsExactlyInAnyOrder("https://ci.example/other", "https://ci.example/more");
        } finally {
            pods.forEach(TestPod::close);
        }
    }
}
