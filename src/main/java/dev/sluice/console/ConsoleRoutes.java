package dev.sluice.console;

import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The page at the path of each view, and the files that it names. Open to everybody: what they show comes from the API. */
public final class ConsoleRoutes implements Routes {
    /** The first segments of the paths of views; those of the API begin otherwise. */
    static final List<String> VIEWS = List.of(
            "webhooks", "deliveries", "dead-letters", "events", "sources", "keys", "system", "playground", "portal");

    private static final String FILES = "/console/";
    /** Scripts and styles of our own files alone; text never becomes markup, even by a mistake of ours. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'%s;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final ConsoleFiles files = ConsoleFiles.load();
    private final UnaryOperator<@Nullable String> logos;

    /** @param logos what the address of a page in a portal says of its logo as a source of images; null for what is not ours */
    public ConsoleRoutes(UnaryOperator<@Nullable String> logos) {
        this.logos = logos;
    }

    @Override
    public void on(Mount mount) {
        mount.open("/", this::page);
        for (String view : VIEWS) {
            mount.open("/" + view, this::page);
            mount.open("/" + view + "/*", this::page);
        }
        mount.open(FILES + "*", this::file);
    }

    private Reply page(HttpServerRequest request) {
        String look = request.getParam("look");
        String logo = look == null ? null : logos.apply(look);
        String policy = POLICY.formatted(logo == null ? "" : " " + logo);
        return files.page().reply(request).with("Content-Security-Policy", policy);
    }

    /** A pod of another version may have given the page: its files are ours all the same, but not to be kept. */
    private Reply file(HttpServerRequest request) {
        String path = request.path().substring(FILES.length());
        int slash = path.indexOf('/');
        ConsoleFile file = files.find(path.substring(slash + 1));
        if (file == null) {
            throw Problem.of(404, "not-found", "Not found", "There is no such file of the console.")
                    .asException();
        }
        boolean isOurs = slash > 0 && path.substring(0, slash).equals(files.version());
        Reply reply = file.reply(request);
        return isOurs ? reply.with(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable") : reply;
    }
}
