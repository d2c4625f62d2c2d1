package dev.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.LeftOut;
import dev.sluice.testing.Tool;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each object of {@code k8s/} is what it says, to the last field; no cluster is asked. */
@Timeout(60)
class ManifestsTest {
    static Stream<String> overlays() throws IOException {
        try (Stream<Path> folders = Files.list(Manifest.OVERLAYS)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void hasAnOverlayForADeskForProductionAndForTiers() throws IOException {
        assertThat(overlays()).containsExactly("dev", "production", "tiers");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectHasOnlyFieldsThatItsKindHas(String overlay) {
        assertThat(Manifest.of(overlay).objects())
                .isNotEmpty()
                .allSatisfy(object ->
                        assertThatCode(() -> StrictModels.check(object)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectIsThereOnceAndSaysWhatItIsPartOf(String overlay) {
        List<JsonObject> objects = Manifest.of(overlay).objects();
        assertThat(objects.stream().map(Kustomization::id)).doesNotHaveDuplicates();
        assertThat(objects)
                .filteredOn(object -> !object.getString("kind").equals("ConfigMap"))
                .allSatisfy(object -> assertThat(labels(object))
                        .containsKey("app.kubernetes.io/name")
                        .containsEntry("app.kubernetes.io/part-of", "sluice"));
    }

    private static Map<String, Object> labels(JsonObject object) {
        JsonObject labels = (JsonObject) Manifest.at(object, "/metadata/labels");
        return labels == null ? Map.of() : labels.getMap();
    }

    @Test
    void aFieldThatIsMisspeltIsRefusedWhereverItIs() {
        JsonObject deployment = Manifest.of("production").gateways().findFirst().orElseThrow();
        Manifest.container(deployment).getJsonObject("readinessProbe").put("periodSecond", 1);
        assertThatThrownBy(() -> StrictModels.check(deployment)).hasMessageContaining("periodSecond");

        JsonObject monitor =
                Manifest.of("production").all("PodMonitor").findFirst().orElseThrow();
        Manifest.list(monitor, "/spec/podMetricsEndpoints").get(0).put("intervall", "15s");
        assertThatThrownBy(() -> StrictModels.check(monitor)).hasMessageContaining("intervall");
    }

    @Test
    void aKindWithoutAModelAndASchemaIsRefused() {
        JsonObject unknown =
                new JsonObject().put("apiVersion", "example.com/v1").put("kind", "Thing");
        assertThatThrownBy(() -> StrictModels.check(unknown)).hasMessageContaining("no model and no schema");
    }

    /** Left out, and said so, where there is no kubectl, or one that is too old for these files. */
    @ParameterizedTest
    @MethodSource("overlays")
    void kubectlRendersTheSame(String overlay) throws Exception {
        Tool kubectl = Tool.find("kubectl");
        Tool.Result version = kubectl.run("version", "--client");
        if (!version.output().matches("(?s).*Kustomize Version: v([5-9]|\\d\\d).*")) {
            throw LeftOut.because("this kubectl is older than kustomize 5: " + version.output());
        }

        Tool.Result rendered =
                kubectl.run("kustomize", Manifest.OVERLAYS.resolve(overlay).toString());

        assertThat(rendered.code()).as(rendered.output()).isZero();
        assertThat(byId(withoutHashes(Kustomization.documents(rendered.output()))))
                .isEqualTo(byId(Manifest.of(overlay).objects()));
    }

    private static List<JsonObject> withoutHashes(List<JsonObject> objects) {
        String all = objects.stream().map(JsonObject::encode).collect(Collectors.joining("\n"));
        Set<String> generated = objects.stream()
                .filter(object -> Set.of("ConfigMap", "Secret").contains(object.getString("kind")))
                .map(Manifest::name)
                .collect(Collectors.toSet());
        for (String name : generated) {
            all = all.replace("\"" + name + "\"", "\"" + name.replaceFirst("-[a-z0-9]{10}$", "") + "\"");
        }
        return all.lines().map(JsonObject::new).toList();
    }

    private static Map<String, JsonObject> byId(List<JsonObject> objects) {
        return objects.stream().collect(Collectors.toMap(Kustomization::id, Function.identity()));
    }
}
