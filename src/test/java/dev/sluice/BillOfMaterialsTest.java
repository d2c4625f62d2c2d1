package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jar says is in it, is in it. Where not: {@code mvn -P bom generate-resources}. */
class BillOfMaterialsTest {
    private static final Path FILE = Path.of("src", "main", "resources", "META-INF", "sbom", "sluice.cdx.json");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern REASON = Pattern.compile("^\\| (`.+?) \\| .+ \\|.*\\|$", Pattern.MULTILINE);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

    /** Anything else wants a person who reads it first. */
    private static final Set<String> LICENCES = Set.of(
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-4-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "Go License",
            "LGPL-2.1-only",
            "MIT");

    private static List<JsonObject> components() throws IOException {
        JsonArray all = new JsonObject(Files.readString(FILE)).getJsonArray("components");
        return all.stream().map(JsonObject.class::cast).toList();
    }

    private static Stream<String> licences(JsonObject component) {
        return component.getJsonArray("licenses").stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getJsonObject("license"))
                .map(licence -> licence.getString("id", licence.getString("name")));
    }

    @Test
    void everythingInItHasTheVersionThatIsUsed() throws IOException {
        List<String> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();
        assertThat(components()).isNotEmpty().allSatisfy(component -> {
            String stem = component.getString("name") + "-" + component.getString("version");
            assertThat(jars).anyMatch(jar -> jar.equals(stem + ".jar") || jar.startsWith(stem + "-"));
        });
    }

    /** Neither one without a reason, nor a reason for what is not there. */
    @Test
    void everyDependencyOfTheBuildHasAReason() throws IOException {
        String security = Files.readString(Path.of("src", "docs", "security.md"));
        String table =
                security.substring(security.indexOf("## What it is built on"), security.indexOf("## Known faults"));
        Set<String> reasons = REASON.matcher(table)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toSet());

        assertThat(dependencies()
                        .filter(dependency -> !dependency.matches("(?s).*<scope>(provided|test)</scope>.*"))
                        .flatMap(BillOfMaterialsTest::artifacts))
                .containsAll(reasons)
                .isSubsetOf(reasons);
    }

    private static Stream<String> dependencies() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String managed = pom.replaceFirst("(?s)<dependencyManagement>.*?</dependencyManagement>", "");
        String dependencies = managed.substring(managed.indexOf("<dependencies>"), managed.indexOf("</dependencies>"));
        return DEPENDENCY.matcher(dependencies).results().map(MatchResult::group);
    }

    private static Stream<String> artifacts(String dependency) {
        return ARTIFACT.matcher(dependency.replaceAll("(?s)<exclusions>.*?</exclusions>", ""))
                .results()
                .map(found -> found.group(1));
    }

    @Test
    void everyDependencyOfTheBuildIsInIt() throws IOException {
        List<String> names = components().stream()
                .map(component -> component.getString("name"))
                .toList();
        assertThat(dependencies())
                .filteredOn(dependency -> !dependency.contains("<scope>"))
                .isNotEmpty()
                .allSatisfy(dependency -> assertThat(artifacts(dependency)).isSubsetOf(names));
    }

    @Test
    void everythingInItHasALicenceThatSomebodyRead() throws IOException {
        assertThat(components())
                .allSatisfy(component -> assertThat(licences(component))
                        .as(component.getString("name"))
                        .isNotEmpty()
                        .isSubsetOf(LICENCES));
    }
}
