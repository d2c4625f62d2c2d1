package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.cli.Keeper.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a folder while somebody writes it. */
class KeeperTest {
    private static final String ONE = "webhooks:\n  - {name: one, url: {fromEnv: URL}}\n";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("URL", "https://a.example"));

    private Keeper keeper() {
        return new Keeper(folder.toString(), environment, "http://127.0.0.1:1", null, null);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void believesOnlyWhatTwoLooksInARowReadAlike() {
        Keeper keeper = keeper();
        write("a.yaml", ONE);
        write("b.yaml", "webhooks: []\n");
        assertThat(keeper.look()).isEqualTo(Look.LOOK_AGAIN);
        write("a.yaml", "webhooks: []\n"); // it moves to the other file, and is in none now
        assertThat(keeper.look()).isEqualTo(Look.LOOK_AGAIN);
        write("b.yaml", ONE);
        assertThat(keeper.look()).isEqualTo(Look.LOOK_AGAIN);
        assertThat(keeper.look()).isEqualTo(Look.APPLY);
    }

    @Test
    void aFileThatIsHalfWrittenIsNoMistakeUntilItStaysSo() {
        Keeper keeper = keeper();
        write("a.yaml", "webhooks: [{name: on");
        assertThat(keeper.look()).isEqualTo(Look.LOOK_AGAIN);
        write("a.yaml", ONE);
        assertThat(keeper.look()).isEqualTo(Look.LOOK_AGAIN);
        assertThat(keeper.look()).isEqualTo(Look.APPLY);
        write("a.yaml", "webhooks: [{name: on");
        assertThat(keeper.look()).isEqualTo(Look.LOOK_AGAIN);
        assertThatExceptionOfType(CliFailure.class)
                .isThrownBy(keeper::look)
                .satisfies(failure -> assertThat(failure.reason()).contains("a.yaml: not YAML: line 1"));
    }

    @Test
    void tellsWhatWasThereAtTheStartFromAChange() {
        Keeper keeper = keeper();
        write("a.yaml", ONE);
        keeper.look();
        keeper.look();
        assertThat(keeper.isOfTheStart()).isTrue();
        keeper.leave();
        assertThat(keeper.look()).isEqualTo(Look.REST);
        write("a.yaml", ONE + "prune: true\n");
        keeper.look();
        assertThat(keeper.look()).isEqualTo(Look.APPLY);
        assertThat(keeper.isOfTheStart()).isFalse();
    }

    @Test
    void theSameWishesHaveTheSameDigestWhereverTheyStandAndOtherSecretsAnotherOne() {
        write("a.yaml", ONE);
        String first = digest("key");
        write("b.yaml", ONE);
        write("a.yaml", "webhooks: []\n");
        assertThat(digest("key")).isEqualTo(first);
        assertThat(digest("other")).isNotEqualTo(first);
        environment.put("URL", "https://b.example");
        assertThat(digest("key")).isNotEqualTo(first);
    }

    private String digest(String key) {
        Keeper keeper = keeper();
        keeper.look();
        keeper.look();
        return keeper.digest(key);
    }
}
