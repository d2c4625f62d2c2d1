package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("CI_TOKEN", "of-the-ci", "SLUICE_SECRETS_KEY", "of-the-pod");

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void link(String name, Path target) {
        try {
            Files.deleteIfExists(folder.resolve(name));
            Files.createSymbolicLink(folder.resolve(name), target);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private String urlOf(String reference) {
        write(folder.resolve("all.yaml"), "webhooks:\n  - {name: a, url: %s}\n".formatted(reference));
        Declared declared = Declarations.readConfined(folder.toString(), ENVIRONMENT);
        return declared.items().get(0).body().getString("url");
    }

    private String mistake(boolean isConfined) {
        Throwable[] found = new Throwable[1];
        assertThatExceptionOfType(CliFailure.class)
                .isThrownBy(() -> {
                    if (isConfined) {
                        Declarations.readConfined(folder.toString(), ENVIRONMENT);
                    } else {
                        Declarations.read(folder.toString(), ENVIRONMENT);
                    }
                })
                .satisfies(failure -> found[0] = failure);
        return ((CliFailure) found[0]).reason();
    }

    private String mistakeOf(String reference) {
        write(folder.resolve("all.yaml"), "webhooks:\n  - {name: a, url: %s}\n".formatted(reference));
        return mistake(true);
    }

    @Test
    void aPodTellsNothingOfItsOwnToWhoeverWritesTheFolder() {
        write(elsewhere.resolve("passwd"), "root");
        write(folder.resolve("token"), "inside\n");
        link("out", elsewhere.resolve("passwd"));
        link("out.d", elsewhere);

        assertThat(urlOf("{fromEnv: CI_TOKEN}")).isEqualTo("of-the-ci");
        assertThat(urlOf("{fromFile: token}")).isEqualTo("inside");
        assertThat(mistakeOf("{fromEnv: SLUICE_SECRETS_KEY}")).contains("one of the pod's own settings");
        assertThat(mistakeOf("{fromFile: %s}".formatted(elsewhere.resolve("passwd"))))
                .contains("lies outside of");
        assertThat(mistakeOf("{fromFile: ../%s/passwd}".formatted(elsewhere.getFileName())))
                .contains("lies outside of");
        assertThat(mistakeOf("{fromFile: out}")).contains("lies outside of");
        assertThat(mistakeOf("{fromFile: out.d/passwd}")).contains("lies outside of");
    }

    @Test
    void theLinksOfAConfigMapAreWithinIt() throws IOException {
        Path version = Files.createDirectory(folder.resolve("..2026_11_28"));
        write(version.resolve("all.yaml"), "webhooks:\n  - {name: a, url: {fromFile: token}}\n");
        write(version.resolve("token"), "inside");
        link("..data", Path.of("..2026_11_28"));
        link("all.yaml", Path.of("..data", "all.yaml"));
        link("token", Path.of("..data", "token"));
        Declared declared = Declarations.readConfined(folder.toString(), ENVIRONMENT);
        assertThat(declared.items().get(0).body().getString("url")).isEqualTo("inside");
    }

    @Test
    void aPersonMayReferToAnyFileOfHisOwnMachine() {
        write(elsewhere.resolve("token"), "mine");
        write(
                folder.resolve("all.yaml"),
                "webhooks:\n  - {name: a, url: {fromFile: %s}}\n".formatted(elsewhere.resolve("token")));
        Declared declared = Declarations.read(folder.toString(), ENVIRONMENT);
        assertThat(declared.items().get(0).body().getString("url")).isEqualTo("mine");
    }

    @Test
    void aReferenceIsToARegularFileOfBoundedSize() {
        write(folder.resolve("all.yaml"), "webhooks:\n  - {name: a, url: {fromFile: /dev/zero}}\n");
        assertThat(mistake(false)).contains("no regular file");
        write(folder.resolve("large"), "x".repeat(64 * 1024 + 1));
        write(folder.resolve("all.yaml"), "webhooks:\n  - {name: a, url: {fromFile: large}}\n");
        assertThat(mistake(false)).contains("more than 65536 bytes");
    }

    @Test
    void anEntryThatIsNoFileIsAMistakeAndNotLeftOut() throws IOException {
        write(folder.resolve("all.yaml"), "webhooks: []\n");
        link("more.yaml", Path.of("gone.yaml"));
        assertThat(mistake(false)).contains("more.yaml: cannot be read");
        Files.delete(folder.resolve("more.yaml"));
        Files.createDirectory(folder.resolve("more.yaml"));
        assertThat(mistake(false)).contains("more.yaml: no regular file");
    }

    @Test
    void whatAPersonNamesMayBeAPipe() {
        assertThatExceptionOfType(CliFailure.class)
                .isThrownBy(() -> Declarations.read("/dev/null", ENVIRONMENT))
                .satisfies(failure -> assertThat(failure.reason()).contains("/dev/null: no mapping"));
        assertThatExceptionOfType(CliFailure.class)
                .isThrownBy(() -> Declarations.readConfined("/dev/null", ENVIRONMENT))
                .satisfies(failure -> assertThat(failure.reason()).contains("/dev/null: no regular file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x]\nwebhooks:\n  - {name: a, headers: *a}\n",
                "a: x\nwebhooks: &all\n  - *all\n",
                "a: &a {b: c}\nwebhooks:\n  - <<: *a\n",
            })
    void anAliasOfACollectionIsAMistakeInItsLine(String yaml) {
        write(folder.resolve("all.yaml"), yaml);
        assertThat(mistake(false)).contains("all.yaml: line 3: *", "an alias of a list or a mapping");
    }

    @Test
    void whatIsNestedWithoutAnEndIsAMistake() {
        write(folder.resolve("all.yaml"), "webhooks: " + "[".repeat(100_000));
        assertThat(mistake(false)).contains("nested more than 50 deep");
    }

    @Test
    void aNameIsAsTheApiStoresIt() {
        write(folder.resolve("all.yaml"), "webhooks:\n  - {name: ' a ', url: x}\n  - {name: a, url: x}\n");
        assertThat(mistake(false)).contains("webhooks[1]: webhook \"a\": declared in");
    }

    @Test
    void whatAReferenceStoodForIsShownNowhere() {
        write(
                folder.resolve("all.yaml"),
                "webhooks:\n  - {name: a, url: {fromEnv: CI_TOKEN}, headers: [{name: X, value: {fromEnv: CI_TOKEN}}]}\n");
        Filled filled =
                Declarations.read(folder.toString(), ENVIRONMENT).items().get(0).filled();
        JsonObject before = new JsonObject()
                .put("url", "the-former")
                .put("timeoutMs", 1)
                .put(
                        "headers",
                        new JsonArray()
                                .add(new JsonObject().put("name", "X").put("value", "the-former"))
                                .add(new JsonObject().put("name", "Y").put("value", "open")));
        JsonObject after = new JsonObject()
                .put("url", "of-the-ci")
                .put("timeoutMs", 2)
                .put("description", "it is of-the-ci, they say")
                .put(
                        "headers",
                        new JsonArray()
                                .add(new JsonObject().put("name", "X").put("value", "open"))
                                .add(new JsonObject().put("name", "Y").put("value", "of-the-ci")));
        assertThat(Difference.between(before, after, Set.of(), filled))
                .containsExactly(
                        "/description: nothing -> \"it is ***, they say\"",
                        "/headers/0/value: *** -> ***",
                        "/headers/1/value: *** -> ***",
                        "/timeoutMs: 1 -> 2",
                        "/url: *** -> ***");
        assertThat(Difference.between(new JsonObject(), after, Set.of(), filled))
                .contains("/headers: *** -> ***")
                .noneMatch(line -> line.contains("of-the-ci"));
        assertThat(filled.toString()).doesNotContain("of-the-ci");
    }

    @Test
    void whatAFileDoesNotSayAnyMoreIsResetAtAnyDepthButASecretStays() {
        JsonObject there = new JsonObject(
                "{\"auth\":{\"type\":\"hmac\",\"header\":\"X\",\"secret\":\"••••••\"},\"answer\":{\"status\":200},\"url\":\"/u\"}");
        JsonObject said = new JsonObject("{\"auth\":{\"type\":\"hmac\"}}");
        JsonObject provided = new JsonObject("{\"answer\":{\"status\":202},\"auth\":{\"header\":\"Y\"}}");
        assertThat(Resetting.patch(there, said, new JsonObject()))
                .isEqualTo(
                        new JsonObject("{\"auth\":{\"type\":\"hmac\",\"header\":null},\"answer\":null,\"url\":null}"));
        assertThat(Resetting.patch(there, said, provided))
                .isEqualTo(new JsonObject("{\"auth\":{\"type\":\"hmac\"},\"url\":null}"));
    }
}
