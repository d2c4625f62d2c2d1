package dev.sluice.k8s;

import static dev.sluice.k8s.Manifest.at;
import static dev.sluice.k8s.Manifest.container;
import static dev.sluice.k8s.Manifest.list;
import static dev.sluice.k8s.Manifest.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recipe of the image fits the build and the Deployments that run it. */
class ImageTest {
    private static final Path FOLDER = Path.of("k8s", "image");
    private static final String RECIPE = read(FOLDER.resolve("Dockerfile")).replace("\\\n", " ");
    private static final String POM = read(Path.of("pom.xml"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(String instruction) {
        return Pattern.compile("^" + instruction + " +(.+)$", Pattern.MULTILINE)
                .matcher(RECIPE)
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonObject> gateways() {
        return Stream.of("dev", "production", "tiers")
                .flatMap(overlay -> Manifest.of(overlay).gateways());
    }

    @Test
    void runsAsTheUserThatTheDeploymentsNameWhichIsNotRoot() {
        assertThat(lines("USER")).hasSize(1);
        String[] user = lines("USER").get(0).split(":", 2);
        assertThat(Integer.parseInt(user[0])).isPositive();
        assertThat(gateways()).allSatisfy(deployment -> {
            assertThat(at(pod(deployment), "/securityContext/runAsUser")).hasToString(user[0]);
            assertThat(at(pod(deployment), "/securityContext/runAsGroup")).hasToString(user[1]);
        });
    }

    @Test
    void listensWhereTheDeploymentsSay() {
        List<String> ports = List.of(lines("EXPOSE").get(0).split(" +", -1));
        assertThat(gateways())
                .allSatisfy(deployment -> assertThat(list(container(deployment), "/ports"))
                        .extracting(port -> String.valueOf(port.getInteger("containerPort")))
                        .containsExactlyInAnyOrderElementsOf(ports));
    }

    @Test
    void isOfTheVersionTheLicenceAndTheMainClassOfTheBuild() {
        String version = first(POM, "<artifactId>sluice</artifactId>\\s+<version>(.+?)</version>");
        assertThat(first(RECIPE, "image.version=\"(.+?)\"")).isEqualTo(version);
        assertThat(first(RECIPE, "image.licenses=\"(.+?)\"")).isEqualTo(first(POM, "<license>\\s+<name>(.+?)</name>"));
        assertThat(entrypoint()).endsWith(first(POM, "<main.class>(.+?)</main.class>"));
        assertThat(gateways())
                .allSatisfy(deployment ->
                        assertThat(container(deployment).getString("image")).endsWith(":" + version));
        assertThat(gateways())
                .allSatisfy(deployment -> assertThat(at(deployment, "/metadata/labels"))
                        .extracting(labels -> ((JsonObject) labels).getString("app.kubernetes.io/version"))
                        .isEqualTo(version));
    }

    @Test
    void copiesOnlyWhatIsInTheSourcesOrMadeByTheBuild() {
        assertThat(lines("COPY").stream()
                        .filter(line -> !line.startsWith("--from"))
                        .map(line -> line.split(" ", 2)[0]))
                .contains("target/sluice.jar")
                .filteredOn(source -> !source.equals("target/sluice.jar"))
                .allSatisfy(source -> assertThat(Path.of(source)).exists());
        assertThat(POM).contains("<finalName>sluice</finalName>");
    }

    /** With other flags than those that it was made with, the JVM would leave the cache aside without a word. */
    @Test
    void usesItsCacheWithTheFlagsThatItWasMadeWith() {
        String cache = "/sluice/sluice.aot";
        String flags = "@/sluice/java.args";
        assertThat(lines("RUN")).anySatisfy(line -> assertThat(line).contains("-XX:AOTCacheOutput=" + cache, flags));
        assertThat(entrypoint()).contains("-XX:AOTCache=" + cache, flags);
        assertThat(gateways())
                .allSatisfy(deployment -> assertThat(list(container(deployment), "/env").stream()
                                .filter(variable -> variable.getString("name").equals("JAVA_TOOL_OPTIONS"))
                                .map(variable -> variable.getString("value")))
                        .singleElement()
                        .asString()
                        .doesNotContainPattern("-XX:\\+Use\\w+GC|CompactObjectHeaders|-cp|-classpath"));
    }

    /** A layer keeps whole seconds: whether these are what they were is chance, unless they are whole before. */
    @Test
    void givesWhatItsCacheIsGoodForATimeThatALayerKeeps() {
        List<String> runs = lines("RUN");
        int touched = indexOf(runs, "touch --date=@\\d+ /sluice/libraries.jar /sluice/sluice.jar /jre/lib/modules");
        assertThat(touched)
                .isGreaterThan(indexOf(runs, "--file /sluice/sluice.jar"))
                .isLessThan(indexOf(runs, "-XX:AOTCacheOutput="));
    }

    private static int indexOf(List<String> lines, String pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (Pattern.compile(pattern).matcher(lines.get(i)).find()) {
                return i;
            }
        }
        throw new AssertionError("no " + pattern);
    }

    @Test
    void isToldToEndAsSluiceIs() {
        assertThat(lines("STOPSIGNAL")).containsExactly("SIGTERM");
        assertThat(entrypoint().get(0))
                .as("no shell between, which would keep the signal")
                .isEqualTo("/jre/bin/java");
    }

    private static List<String> entrypoint() {
        return new JsonArray(lines("ENTRYPOINT").get(0))
                .stream().map(String.class::cast).toList();
    }

    /** Beside a pod, with its settings, its classes and not its share of the memory. */
    @Test
    void theDoctorOfTheManualIsRunAsThePodIs() {
        String page = read(Path.of("src", "docs", "operations.md")).replace("\n", " ");
        String command = first(page, "`kubectl exec deployment/sluice -- ([^`]*)`");
        assertThat(command).contains(" -Xmx64m ", " @/sluice/java.args dev.sluice.Sluice doctor --config ");
        assertThat(lines("ENTRYPOINT").get(0))
                .contains(first(command, "^(\\S+)"), "@/sluice/java.args", "dev.sluice.Sluice");
        assertThat(gateways())
                .allSatisfy(gateway -> assertThat(command.substring(command.indexOf("doctor ") + "doctor ".length()))
                        .startsWith(((JsonArray) at(container(gateway), "/args"))
                                .stream().map(String::valueOf).collect(Collectors.joining(" "))));
    }
}
