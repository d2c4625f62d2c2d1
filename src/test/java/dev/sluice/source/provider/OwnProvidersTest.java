package dev.sluice.source.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.source.SourceForms;
import dev.sluice.subscription.form.Mask;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnProvidersTest {
    private static final String FILE = """
            title: Acme
            setup: Enter the URL.
            auth:
              type: hmac
              from: header:X-Acme
            rules:
              attributes: {type: /kind}
            """;

    @TempDir
    Path folder;

    @Test
    void aFileMakesAnotherOrTakesThePlaceOfOne() throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), FILE);
        Files.writeString(folder.resolve("github.yaml"), FILE.replace("title: Acme", "title: Our GitHub"));
        Files.writeString(folder.resolve("README.txt"), "not one");
        Providers providers = Providers.of(folder);

        assertThat(providers.own()).extracting(Provider::name).containsExactly("acme", "github");
        assertThat(providers.all()).extracting(Provider::name).contains("acme", "stripe");
        assertThat(providers.all())
                .extracting(Provider::title)
                .contains("Our GitHub")
                .doesNotContain("GitHub");
        SourceForms forms = new SourceForms(InstantSource.system(), providers);
        forms.requireValid(providers.own());
        JsonObject view = forms.view(forms.create(
                null,
                new JsonObject()
                        .put("name", "a")
                        .put("provider", "acme")
                        .put("secret", "s")
                        .put("enabled", false)));
        assertThat(view.getString("provider")).isEqualTo("acme");
        assertThat(view.getJsonObject("auth").getString("from")).isEqualTo("header:X-Acme");
        assertThat(view.getJsonObject("auth").getString("secret")).isEqualTo(Mask.TEXT);
        assertThat(view.getBoolean("enabled")).isFalse();
    }

    /** As the console names them, and openapi.yaml. */
    @Test
    void eachOfTheJarIsOfAGroupThatPeopleLookFor() {
        assertThat(Providers.builtIn().all())
                .allSatisfy(provider -> assertThat(provider.group())
                        .as(provider.name())
                        .isIn("code", "payments", "shops", "messages", "content", "work", "alerts", "events"));
    }

    @Test
    void isOfNoGroupWhereItsFileNamesNone() throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), FILE);
        Files.writeString(folder.resolve("mine.yaml"), FILE + "group: ours\nsecret: The key\nownSecret: true\n");
        List<Provider> own = Providers.of(folder).own();
        assertThat(own)
                .extracting(provider -> provider.view().getString("group"))
                .containsExactly(null, "ours");
        assertThat(own)
                .extracting(provider -> provider.view().getBoolean("ownSecret"))
                .containsExactly(null, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup: x",
                "[1, 2]",
                "title: 'open",
                "",
                FILE + "salt: x\n",
                FILE + "translations: {es: {setup: 1}}\n",
                FILE + "translations: {es: {name: x}}\n",
                FILE + "translations: es\n",
                "title: A\nsetup: B.\nauth: {type: hmac, from: nowhere}\n",
                "title: A\nsetup: B.\nrules: {attributes: {type: kind}}\n",
            })
    void aFileThatIsNoneIsRefusedByItsName(String yaml) throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), yaml);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    Providers providers = Providers.of(folder);
                    new SourceForms(InstantSource.system(), providers).requireValid(providers.own());
                })
                .withMessageContaining("providers/acme.yaml");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Providers.of(folder.resolve("none")))
                .withMessageContaining("data.providersDir");
    }

    @Test
    void aFileThatHoldsItselfIsRefused() throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), FILE + "\nanswer: &all\n  again: *all\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Providers.of(folder))
                .withMessageContaining("providers/acme.yaml: Number of aliases");
    }

    @Test
    void aFileThatIsNestedWithoutAnEndIsRefused() throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), FILE + "\nanswer: " + "{a: ".repeat(20_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Providers.of(folder))
                .withMessageContaining("providers/acme.yaml: nested more than 50 deep");
    }
}
