package dev.sluice.testing.browser;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core finds that would keep somebody from a page: faults that it calls serious or critical. */
public final class Axe {
    private static final String SCRIPT = read();
    private static final String RUN = """
            axe.run(document, { resultTypes: ['violations'], preload: false }).then((found) => found.violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .flatMap(({ id, nodes }) => nodes.map((node) => id + ' at ' + node.target.join(' ') + ': '
                + [...node.any, ...node.all, ...node.none].map(({ message }) => message).join('; '))))""";

    private Axe() {}

    /** Each with its place; none on a page that is well. */
    public static List<String> faults(Tab tab) {
        if (Boolean.TRUE.equals(tab.script("!window.axe"))) {
            tab.script(SCRIPT);
        }
        return ((JsonArray) tab.script(RUN)).stream().map(String::valueOf).toList();
    }

    private static String read() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
