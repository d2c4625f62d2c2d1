package dev.sluice.subscription;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what no delivery can reach, as far as a URL says it: the rules are those of whoever sends. Any thread. */
@FunctionalInterface
public interface Reach {
    Reach EVERYWHERE = url -> null;

    /**
     * What a person should know before the first delivery fails.
     *
     * @param pointer to the member of the webhook
     */
    record Warning(String pointer, String detail) {}

    /** Why every request to it will be refused, for a person; or null. Knows nothing about names that have to be looked up. */
    @Nullable
    String problem(URI url);

    default List<Warning> warnings(Webhook webhook) {
        List<Warning> warnings = new ArrayList<>();
        warn("/url", webhook.target().url(), warnings);
        if (webhook.target().auth() instanceof Auth.OAuth2 client) {
            warn("/auth/tokenUrl", client.tokenUrl(), warnings);
        }
        return warnings;
    }

    private void warn(String pointer, URI url, List<Warning> warnings) {
        String problem = problem(url);
        if (problem != null) {
            warnings.add(new Warning(pointer, problem));
        }
    }
}
