package dev.sluice.testing;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a process of Sluice ask a name server of the test: Vert.x loads this in the process if {@link #folder} stands in its class
 * path, and nowhere else. The product needs no setting for it, and looks names up as always.
 */
public final class OwnNames implements VertxServiceProvider {
    private static final String SERVER = "sluice.test.names";

    /** For the class path; made in there, with nothing else in it. */
    public static Path folder(Path parent) {
        Path folder = parent.resolve("own-names");
        String name = OwnNames.class.getName();
        Path code = folder.resolve(name.replace('.', '/') + ".class");
        Path service = folder.resolve("META-INF/services/" + VertxServiceProvider.class.getName());
        try (InputStream own =
                OwnNames.class.getResourceAsStream(code.getFileName().toString())) {
            Files.createDirectories(code.getParent());
            Files.copy(own, code);
            Files.createDirectories(service.getParent());
            Files.writeString(service, name);
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** For the command line. */
    public static String option(NameServer server) {
        return "-D" + SERVER + "=" + server.at();
    }

    @Override
    public void init(VertxBootstrap bootstrap) {
        bootstrap.options().getAddressResolverOptions().addServer(System.getProperty(SERVER));
    }
}
