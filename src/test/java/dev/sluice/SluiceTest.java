package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.SluiceProcess.End;
import dev.sluice.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person meets who starts Sluice: a few lines that help, or one that says why not. */
class SluiceTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final int SIGTERM = 128 + 15;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @TempDir
    private Path folder;

    @Test
    void saysWhereEverythingIsAndACommandThatWorks() throws Exception {
        try (SluiceProcess sluice = new SluiceProcess(folder, anyPorts())) {
            List<String> lines = sluice.linesUpTo("curl ");

            assertThat(get(address(lines, "Guide"))).isEqualTo(200);
            assertThat(get(address(lines, "API"))).isEqualTo(200);
            assertThat(get(address(lines, "Metrics"))).isEqualTo(200);
            assertThat(line(lines, "Redis"))
                    .contains("embedded", folder.toRealPath().resolve("data").toString());
            assertThat(run(lines.get(lines.size() - 1) + " -s -o answer -w '%{http_code}'"))
                    .isEqualTo("202");
            assertThat(folder.resolve("answer")).content().contains("evt_");

            sluice.terminate();
            End end = sluice.end();
            assertThat(end.code()).isEqualTo(SIGTERM);
            assertThat(end.errors()).isEmpty();
        }
    }

    @Test
    void holdsItsWebhooksAcrossARestart() throws Exception {
        String webhooks;
        try (SluiceProcess sluice = new SluiceProcess(folder, anyPorts())) {
            webhooks = address(sluice.linesUpTo("curl "), "Guide") + "v1/webhooks";
            HttpRequest create = HttpRequest.newBuilder(URI.create(webhooks))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"http://127.0.0.1:1/\",\"name\":\"kept\"}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(create, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(201);
        }
        try (SluiceProcess sluice = new SluiceProcess(folder, anyPorts())) {
            URI again = URI.create(address(sluice.linesUpTo("curl "), "Guide") + "v1/webhooks");
            HttpRequest list = HttpRequest.newBuilder(again).build();
            assertThat(HttpClient.newHttpClient()
                            .send(list, BodyHandlers.ofString())
                            .body())
                    .contains("\"kept\"");
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(failure(Map.of("SLUICE_HTTP_PORT", port))).contains("http.port", port);
            assertThat(failure(Map.of("SLUICE_MANAGEMENT_PORT", port))).contains("management.port", port);
        }
    }

    @Test
    void saysThatRedisCannotBeReached() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String uri = "redis://:a-password@127.0.0.1:" + closed;

        assertThat(failure(Map.of("SLUICE_REDIS_URI", uri, "SLUICE_SECRETS_KEY", KEY)))
                .contains("redis.uri", "127.0.0.1:" + closed)
                .doesNotContain("a-password");
    }

    @Test
    void saysThatRedisRefusesThePassword() {
        String uri = "redis://:wrong@127.0.0.1:" + URI.create(REDIS.uri()).getPort();

        assertThat(failure(Map.of("SLUICE_REDIS_URI", uri, "SLUICE_SECRETS_KEY", KEY)))
                .startsWith("sluice: redis.uri: not the password of the user default");
    }

    @Test
    void saysThatTheKeyForSecretsIsMissingOrWrong() {
        assertThat(failure(Map.of("SLUICE_REDIS_URI", REDIS.uri()))).contains("secrets.key", "missing", "openssl");
        assertThat(failure(Map.of("SLUICE_REDIS_URI", REDIS.uri(), "SLUICE_SECRETS_KEY", "c2hvcnQ=")))
                .contains("secrets.key", "SLUICE_SECRETS_KEY", "32 bytes")
                .doesNotContain("c2hvcnQ=");
    }

    @Test
    void saysEverythingThatIsWrongWithTheSettingsAtOnce() {
        End end = end(Map.of("SLUICE_HTTP_PORT", "high", "SLUICE_DELIVERY_TIMEOUT", "0s", "SLUICE_HTTP_PROT", "1"));

        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).hasSize(3);
        assertThat(String.join("\n", end.errors()))
                .startsWith("sluice: ")
                .contains("SLUICE_HTTP_PORT", "http.port", "delivery.timeout", "SLUICE_HTTP_PROT");
    }

    @Test
    void saysHowItIsCalledWhenItIsCalledOtherwise() {
        End end = end(Map.of(), "--port", "1");

        assertThat(end.code()).isEqualTo(2);
        assertThat(String.join("\n", end.errors())).contains("--port 1", "--config FILE");
    }

    @Test
    void saysHowItIsCalledAndWhichVersionItIsWhenAsked() {
        try (SluiceProcess sluice = new SluiceProcess(folder, Map.of(), "--help")) {
            assertThat(sluice.linesUpTo("--help")).anyMatch(line -> line.startsWith("usage: "));
            assertThat(sluice.end()).isEqualTo(new End(0, List.of()));
        }
        try (SluiceProcess sluice = new SluiceProcess(folder, Map.of(), "--version")) {
            assertThat(sluice.linesUpTo("sluice ")).hasSize(1);
            assertThat(sluice.end()).isEqualTo(new End(0, List.of()));
        }
    }

    @Test
    void saysThatTheFileOfSettingsIsMissing() {
        assertThat(end(Map.of(), "--config", "missing.yaml").errors())
                .singleElement()
                .asString()
                .contains("missing.yaml");
    }

    @Test
    void logsNoWarningFromItsStartToItsEndOnARedisOfYourOwn() throws Exception {
        Map<String, String> settings = anyPorts();
        settings.put("SLUICE_REDIS_URI", REDIS.uri());
        settings.put("SLUICE_SECRETS_KEY", KEY);
        try (SluiceProcess sluice = new SluiceProcess(folder, settings)) {
            List<String> lines = sluice.linesUpTo("curl ");
            for (int i = 0; i < 20; i++) {
                assertThat(get(address(lines, "Guide"))).isEqualTo(200);
                assertThat(get(address(lines, "Metrics"))).isEqualTo(200);
            }
            sluice.terminate();
            assertThat(sluice.logToTheEnd())
                    .isNotEmpty()
                    .filteredOn(
                            line -> !line.contains("LoopWatch")) // a machine that does something else holds loops, too
                    .noneMatch(line -> line.contains("\"WARN\"") || line.contains("\"ERROR\""));
        }
    }

    @Test
    void runsWhereItMayWriteNoTemporaryFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Map<String, String> settings = anyPorts();
        settings.put("SLUICE_REDIS_URI", REDIS.uri());
        settings.put("SLUICE_SECRETS_KEY", KEY);
        String nowhere = "-Djava.io.tmpdir=" + file.resolve("tmp");
        try (SluiceProcess sluice = new SluiceProcess(folder, settings, nowhere)) {
            assertThat(sluice.linesUpTo("curl ")).anyMatch(line -> line.contains("is ready"));
        }
    }

    @Test
    void saysWhatToDoAboutAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(failure(Map.of("SLUICE_DATA_DIR", file.resolve("data").toString())))
                .contains("can be written", "data.dir", "redis.uri");
    }

    @Test
    void saysWhatToDoAboutLettersThatTheLocaleDoesNotHave() throws IOException {
        Files.writeString(folder.resolve("letters.yaml"), "data: {dir: d\u00e4t\u00e4}");
        End end = end(Map.of("LC_ALL", "C"), "--config", "letters.yaml");

        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).singleElement().asString().contains("locale", "LC_ALL=C.UTF-8");
    }

    /** The one line. */
    private String failure(Map<String, String> environment) {
        End end = end(environment);
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).hasSize(1);
        assertThat(end.errors().get(0)).startsWith("sluice: ");
        return end.errors().get(0);
    }

    private End end(Map<String, String> environment, String... arguments) {
        Map<String, String> all = anyPorts();
        all.putAll(environment);
        try (SluiceProcess sluice = new SluiceProcess(folder, all, arguments)) {
            return sluice.end();
        }
    }

    private static Map<String, String> anyPorts() {
        return new HashMap<>(Map.of("SLUICE_HTTP_PORT", "0", "SLUICE_MANAGEMENT_PORT", "0"));
    }

    private static String line(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }

    private static String address(List<String> lines, String name) {
        return line(lines, name).split(" +", -1)[1];
    }

    private static int get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private String run(String command) throws Exception {
        Process bash = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said;
    }
}
