package dev.sluice.k8s.image;

import dev.sluice.testing.Children;
import dev.sluice.testing.LeftOut;
import dev.sluice.testing.Tool;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The image as its recipe makes it, from no registry: its base is a Debian that debootstrap makes from the archive that apt
 * of this machine uses, its JDK one of this machine. All of it is in {@code target/image}; the base stays there for the next
 * time.
 */
final class ImageBuild {
    private static final Path FOLDER = Path.of("target", "image").toAbsolutePath();
    private static final Path BASE = FOLDER.resolve("base");
    private static final Path BASE_IS_MADE = FOLDER.resolve("base.made");
    private static final Path COPY_OF_JDK = FOLDER.resolve("jdk");
    private static final Path JAR = Path.of("target", "sluice.jar");
    private static final int JDK = 25;
    private static final String IMAGE = "localhost/sluice";

    private final Tool buildah = Tool.find("buildah");
    private final Tool debootstrap = Tool.find("debootstrap");
    private final Tool unshare = Tool.find("unshare");
    private final Tool apt = Tool.find("apt-get");
    private final Path jdk = Jdk.of(JDK);

    /** Leaves the test out where something is missing or forbidden that it needs. */
    ImageBuild() throws IOException, InterruptedException {
        Stream.of("chroot", "ip", "mount").forEach(Tool::find);
        if (!System.getProperty("user.name").equals("root")) {
            throw LeftOut.because("debootstrap and chroot want root");
        }
        if (!Files.exists(JAR)) {
            throw LeftOut.because("there is no %s: mvn package makes it".formatted(JAR));
        }
        Files.createDirectories(FOLDER);
        String enter = "mount -t tmpfs tmpfs /mnt; ip link set lo up";
        List<String> apart = List.of(unshare.file().toString(), "--mount", "--net", "sh", "-ec", enter);
        demand("mounts and a network of its own", () -> run("unshare.log", apart));
    }

    /** Answers what is said of the image. Blocks, for a minute or some. */
    JsonObject make() throws IOException, InterruptedException {
        makeBase();
        demand(
                "an image",
                () -> image("localhost/base", "scratch", List.of("copy", "CONTAINER", BASE.toString(), "/")));
        demand("a step in a container", () -> step("localhost/base"));
        copyJdk();
        image(
                "localhost/jdk",
                "localhost/base",
                List.of("copy", "CONTAINER", COPY_OF_JDK.toString(), "/jdk"),
                List.of("config", "--env", "PATH=/jdk/bin:/usr/bin:/bin", "CONTAINER"));
        build();
        return new JsonObject(buildah("inspect", "--type", "image", IMAGE)).getJsonObject("OCIv1");
    }

    private void step(String image) throws IOException, InterruptedException {
        String container = buildah("from", "--pull-never", image).strip();
        buildah("run", "--isolation", "chroot", container, "true");
        buildah("rm", container);
    }

    private void makeBase() throws IOException, InterruptedException {
        if (Files.exists(BASE_IS_MADE)) {
            return;
        }
        Files.createDirectories(BASE);
        String[] archive = archive();
        List<String> bootstrap =
                List.of(debootstrap.file().toString(), "--variant=minbase", archive[0], BASE.toString(), archive[1]);
        demand("a base from " + archive[1], () -> run("base.log", bootstrap));
        Files.createFile(BASE_IS_MADE);
    }

    /** A system's packages have links in it that lead out of it, such as to its certificates. */
    private void copyJdk() throws IOException, InterruptedException {
        if (!Files.exists(COPY_OF_JDK)) {
            run("jdk.log", List.of("cp", "-RL", jdk.toString(), COPY_OF_JDK.toString()));
        }
    }

    /** The suite of this system, and where apt has it from. */
    private String[] archive() throws IOException, InterruptedException {
        return apt.run("indextargets", "--format", "$(RELEASE) $(SITE) $(COMPONENT)", "Created-By: Packages")
                .output()
                .lines()
                .filter(line -> line.endsWith(" main"))
                .findFirst()
                .orElseThrow(() -> LeftOut.because("apt knows no archive"))
                .split(" ", -1);
    }

    @SafeVarargs
    private void image(String name, String from, List<String>... steps) throws IOException, InterruptedException {
        String container = buildah("from", "--pull-never", from).strip();
        for (List<String> step : steps) {
            buildah(step.stream()
                    .map(word -> word.equals("CONTAINER") ? container : word)
                    .toArray(String[]::new));
        }
        buildah("commit", "--rm", container, name);
    }

    /** In a network of its own, as the training run listens where a pod does. */
    private void build() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(unshare.file().toString(), "--net", "sh", "-ec"));
        command.addAll(List.of("ip link set lo up; exec \"$@\"", "sh"));
        command.addAll(buildahCommand("bud", "--isolation", "chroot", "--pull-never"));
        command.addAll(List.of("--build-arg", "JDK=localhost/jdk", "--build-arg", "BASE=localhost/base"));
        command.addAll(List.of("--file", "k8s/image/Dockerfile", "--tag", IMAGE, "."));
        run("build.log", command);
    }

    /** The command whose process becomes the entry point, as the user of the image, on a root that is read-only but for /tmp. */
    List<String> command(JsonObject config) throws IOException, InterruptedException {
        String root =
                buildah("mount", buildah("from", "--pull-never", IMAGE).strip()).strip();
        String enter = """
                mount --bind "$1" "$1"; cd "$1"
                mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
                mount -t proc proc "$1/proc"
                mount --bind /dev "$1/dev"
                mount -o remount,bind,ro "$1"
                user=$2; root=$1; shift 2
                exec chroot --userspec="$user" "$root" /usr/bin/env -u JAVA_HOME "$@"
                """;
        List<String> command = new ArrayList<>(List.of(unshare.file().toString(), "--mount", "sh", "-ec"));
        command.addAll(List.of(enter, "sh", root, config.getString("User")));
        command.addAll(List.of("-C", config.getString("WorkingDir")));
        config.getJsonArray("Env").forEach(variable -> command.add((String) variable));
        config.getJsonArray("Entrypoint").forEach(word -> command.add((String) word));
        return command;
    }

    /** Containers and images go, the base stays. */
    void clean() throws IOException, InterruptedException {
        buildah("umount", "--all");
        buildah("rm", "--all");
        buildah("rmi", "--all", "--force");
    }

    private List<String> buildahCommand(String... words) {
        List<String> command = new ArrayList<>(List.of(buildah.file().toString(), "--root"));
        command.addAll(List.of(
                FOLDER.resolve("storage").toString(),
                "--runroot",
                FOLDER.resolve("run").toString()));
        command.addAll(Arrays.asList(words));
        return command;
    }

    private String buildah(String... words) throws IOException, InterruptedException {
        Path output = FOLDER.resolve("buildah.out");
        run(output.getFileName().toString(), buildahCommand(words));
        return Files.readString(output);
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    /** What this machine or its archive may refuse: that is no fault of the image. */
    private static void demand(String what, Step step) throws IOException, InterruptedException {
        try {
            step.take();
        } catch (AssertionError refused) {
            throw LeftOut.because("%s cannot be had here: %s".formatted(what, refused.getMessage()));
        }
    }

    private static void run(String log, List<String> command) throws IOException, InterruptedException {
        Path output = FOLDER.resolve(log);
        Path errors = FOLDER.resolve(log + ".err");
        Process process = Children.start(
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile()));
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            Children.kill(process);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("%s ended with %d: %s%s"
                    .formatted(command, process.exitValue(), Files.readString(output), Files.readString(errors)));
        }
    }
}
