package dev.sluice.config.load;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.Schema.Section;
import dev.sluice.config.load.Tree.Branch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: the packaged {@code conf/sluice.yaml}, which is the only place of the defaults; over it a file; over
 * that the environment.
 */
public final class ConfigLoader {
    private static final String PACKAGED = "/conf/sluice.yaml";
    private static final Section ROOT = Schema.of(SluiceConfig.class);

    private final Environment environment;
    private final Path usualFile;

    public ConfigLoader(Map<String, String> environment) {
        this(environment, Path.of("conf", "sluice.yaml"));
    }

    /** {@code usualFile}: read if it exists and no other is named. */
    public ConfigLoader(Map<String, String> environment, Path usualFile) {
        this.environment = new Environment(environment);
        this.usualFile = usualFile;
    }

    /**
     * Blocks. Without a {@code file}, {@code conf/sluice.yaml} in the working directory is read if there is one.
     *
     * @throws ConfigProblems with everything that is wrong
     */
    public SluiceConfig load(@Nullable Path file) {
        Tree defaults = defaults();
        SluiceConfig usual = bind(defaults, null, new Findings());

        Findings problems = new Findings();
        Layers layers = new Layers(problems);
        Tree written = layers.lay(read(file, problems), defaults, ROOT, "");
        Tree settings = layers.lay(environment.over(written, ROOT, problems), written, ROOT, "");
        return bind(settings, usual, problems);
    }

    private static SluiceConfig bind(Tree settings, @Nullable SluiceConfig fallback, Findings problems) {
        Object config = new Binder(problems).section(ROOT, settings, fallback, "");
        problems.throwIfAny();
        return (SluiceConfig) Objects.requireNonNull(config);
    }

    private Tree read(@Nullable Path file, Findings problems) {
        Path chosen = file == null ? usualFile : file;
        if (file == null && !Files.exists(usualFile)) {
            return new Branch(Map.of(), usualFile.toString());
        }
        try {
            return YamlTree.read(Files.readString(chosen), chosen.toString(), problems);
        } catch (IOException unreadable) {
            problems.add(
                    chosen.toString(), "cannot be read: %s (expected: a file of UTF-8 text)".formatted(unreadable));
            return new Branch(Map.of(), chosen.toString());
        }
    }

    private static Tree defaults() {
        Findings problems = new Findings();
        try (InputStream packaged = Objects.requireNonNull(ConfigLoader.class.getResourceAsStream(PACKAGED))) {
            String yaml = new String(packaged.readAllBytes(), StandardCharsets.UTF_8);
            Tree written = YamlTree.read(yaml, "default settings", problems);
            Tree defaults = new Layers(problems).lay(written, null, ROOT, "");
            problems.throwIfAny();
            return defaults;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
