package dev.sluice.admin.webhook;

import dev.sluice.config.Nearest;
import dev.sluice.event.Event;
import dev.sluice.source.Source;
import dev.sluice.source.Sources;
import dev.sluice.source.catalog.Catalog;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.source.catalog.Kind;
import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Webhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Warns also of a webhook that waits for what nobody is known to send: a source or an event type that is probably misspelt.
 * Only a warning: any producer may name its events as it likes. Any thread.
 */
public final class ExpectedEvents implements Reach {
    private final Reach reach;
    private final Sources sources;
    private final Catalogs catalogs;

    public ExpectedEvents(Reach reach, Sources sources, Catalogs catalogs) {
        this.reach = reach;
        this.sources = sources;
        this.catalogs = catalogs;
    }

    @Override
    public @Nullable String problem(URI url) {
        return reach.problem(url);
    }

    @Override
    public List<Warning> warnings(Webhook webhook) {
        List<Warning> warnings = new ArrayList<>(reach.warnings(webhook));
        if (!webhook.isReadable()) {
            return warnings;
        }
        String name = webhook.subscription().source();
        Source source = name == null ? null : sources.find(name);
        if (name != null && source == null && !name.equals(Event.OPERATIONS)) {
            List<String> known = sources.all().stream().map(Source::name).toList();
            warnings.add(new Warning(
                    "/source",
                    "%s: no source of this name is set up%s; only events of a producer that names it itself match"
                            .formatted(name, meant(name, known))));
        }
        List<String> types = webhook.subscription().eventTypes();
        for (int i = 0; i < types.size(); i++) {
            String problem = problem(types.get(i), source);
            if (problem != null) {
                warnings.add(new Warning("/eventTypes/" + i, problem));
            }
        }
        return warnings;
    }

    private @Nullable String problem(String type, @Nullable Source source) {
        List<Catalog> listing = source == null
                ? catalogs.all()
                : catalogs.of(source.dialect().name()).map(List::of).orElse(List.of());
        List<String> known = listing.stream()
                .flatMap(catalog -> catalog.kinds().stream())
                .map(Kind::type)
                .toList();
        boolean isListed =
                type.contains("*") || known.isEmpty() || known.stream().anyMatch(kind -> covers(kind, type));
        String meant = isListed ? "" : meant(type, known);
        return meant.isEmpty() ? null : "%s: no catalogue has an event of this type%s".formatted(type, meant);
    }

    /** Some end in a name of the user's. */
    private static boolean covers(String kind, String type) {
        int name = kind.indexOf('{');
        return name < 0 ? kind.equals(type) : type.startsWith(kind.substring(0, name));
    }

    private static String meant(String text, List<String> known) {
        return Nearest.guess(text, known).map(" (did you mean %s?)"::formatted).orElse("");
    }
}
