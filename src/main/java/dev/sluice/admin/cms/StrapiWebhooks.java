package dev.sluice.admin.cms;

import dev.sluice.source.catalog.Catalog;
import dev.sluice.source.catalog.Kind;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.Mask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Between webhooks and what Strapi's admin API makes of them. What that API does not know (filter, signature, pacing, the
 * form of the body) stays as it is when a webhook is written back. Any thread.
 *
 * <p>Header values are write-only, as a token may be in any of them: a new header is a secret, and one that was readable
 * stays so. The mask sent back stands for the value that is stored.
 */
public final class StrapiWebhooks {
    /** It follows from the body, and Strapi's receivers get JSON whatever a webhook says. */
    static final String CONTENT_TYPE = "content-type";

    /** What Strapi itself waits. */
    private static final int TIMEOUT_MS = 10_000;

    private final Catalog catalog;

    public StrapiWebhooks(Catalog catalog) {
        this.catalog = catalog;
    }

    /** As Strapi shows one; the id is ours, a text as in Strapi 5. */
    public JsonObject view(Webhook webhook) {
        JsonObject headers = new JsonObject();
        for (Header header : webhook.target().headers()) {
            headers.put(header.name(), header.secret() ? Mask.TEXT : header.value());
        }
        return new JsonObject()
                .put("id", webhook.id())
                .put("name", webhook.name())
                .put("url", webhook.target().url().toString())
                .put("headers", headers)
                .put("events", new JsonArray(List.copyOf(events(webhook))))
                .put("isEnabled", webhook.enabled());
    }

    /**
     * The settings of a new webhook of the source.
     *
     * @throws dev.sluice.http.ProblemException 400 for an event that Strapi does not know
     */
    public JsonObject settings(StrapiBody body, String source) {
        requireSupported(body.events(), Set.of());
        return settings(body.name(), body.url(), body.headers(), body.events()).put("source", source);
    }

    static JsonObject settings(String name, String url, Map<String, String> headers, List<String> events) {
        return new JsonObject()
                .put("name", name)
                .put("url", url)
                .put("eventTypes", EventNames.patterns(events))
                .put("headers", headers(headers, Map.of()))
                .put("timeoutMs", TIMEOUT_MS);
    }

    /**
     * As a patch of the webhook's settings. A pattern of the webhook stays, if just those events are sent that it was
     * shown as.
     *
     * @throws dev.sluice.http.ProblemException 400 for an event that neither Strapi knows nor the webhook had
     */
    public JsonObject patch(StrapiBody body, Webhook old) {
        Set<String> had = events(old);
        requireSupported(body.events(), had);
        Map<String, Header> byName = new LinkedHashMap<>();
        old.target().headers().forEach(header -> byName.put(header.name().toLowerCase(Locale.ROOT), header));
        JsonObject patch = new JsonObject()
                .put("name", body.name())
                .put("url", body.url())
                .put("headers", headers(body.headers(), byName));
        if (!had.equals(Set.copyOf(body.events()))) {
            patch.put("eventTypes", EventNames.patterns(body.events()));
        }
        return body.enabled() == null ? patch : patch.put("enabled", body.enabled());
    }

    private static JsonArray headers(Map<String, String> headers, Map<String, Header> old) {
        JsonArray array = new JsonArray();
        headers.forEach((name, value) -> {
            Header former = old.get(name.toLowerCase(Locale.ROOT));
            boolean isSecret = former == null || former.secret();
            if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
                array.add(new JsonObject().put("name", name).put("value", value).put("secret", isSecret));
            }
        });
        return array;
    }

    /** By name: patterns as the events of the catalogue that they match. */
    private Set<String> events(Webhook webhook) {
        List<String> events = new ArrayList<>();
        for (String pattern : webhook.subscription().eventTypes()) {
            if (pattern.indexOf('*') < 0) {
                events.add(pattern);
            } else {
                catalog.kinds().stream()
                        .map(Kind::type)
                        .filter(type -> Patterns.matches(pattern, type))
                        .forEach(events::add);
            }
        }
        events.remove(EventNames.NONE);
        return new LinkedHashSet<>(events);
    }

    private void requireSupported(List<String> events, Set<String> had) {
        for (String event : events) {
            if (catalog.find(event).isEmpty() && !had.contains(event)) {
                throw StrapiErrors.unsupported(event);
            }
        }
    }
}
