package dev.sluice.source;

import dev.sluice.event.Carried;
import dev.sluice.http.Problem;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.source.recipe.Recipe;
import dev.sluice.subscription.Target.Header;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An installation of a CMS, or another system, that posts its webhooks to {@code /v1/sources/{name}/events}. Immutable, and valid: made by
 * {@link SourceForms}, {@link SourceCodec} and {@link ConfiguredSources} only. Secrets are in the clear here, and encrypted
 * where it is stored.
 *
 * @param name           unique over all tenants, as it stands in the URL, which names no tenant
 * @param tenant         whose events its events are, and who may see it; null: of whoever sends them, seen by nobody who
 *                       is bound to a tenant
 * @param enabled        the master switch: off, its events are recorded and delivered to nobody
 * @param auth           what its requests must bring
 * @param defaultHeaders of every delivery of its events, where the webhook has no value of its own
 * @param recipe         how the requests of a generic source are taken
 * @param version        0: as the configuration says; 1 for what was stored first, one more for each change
 * @param createdAt      null with version 0, as is {@code updatedAt}
 */
public record Source(
        String name,
        @Nullable String tenant,
        Dialect dialect,
        boolean enabled,
        SenderAuth auth,
        List<Header> defaultHeaders,
        SourceRules rules,
        Recipe recipe,
        long version,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    public Source {
        defaultHeaders = List.copyOf(defaultHeaders);
    }

    /** This one, as if it had been saved when the other one was: what differs between them then is what was changed. */
    public Source at(Source other) {
        return new Source(
                name,
                tenant,
                dialect,
                enabled,
                auth,
                defaultHeaders,
                rules,
                recipe,
                other.version,
                other.createdAt,
                other.updatedAt);
    }

    /** Of any other system than the CMSs. */
    public boolean isGeneric() {
        return dialect.isGeneric();
    }

    /**
     * The headers of a request that its deliveries carry.
     *
     * @param isChanged whether the body is not the one that came
     */
    public List<Carried.Header> carried(MultiMap headers, boolean isChanged) {
        return recipe.forward().of(headers, auth.credentials(), isChanged);
    }

    /** What is kept of a request of it that was refused. */
    public RefusedRequest refused(String method, MultiMap headers, Buffer body, Problem problem, Instant at) {
        return RefusedRequest.of(this, method, headers, body, problem, at);
    }

    public boolean isConfigured() {
        return version == 0;
    }

    /** Whether an event of this tenant and dialect can have come from it. */
    public boolean sends(String eventTenant, @Nullable String eventDialect) {
        return dialect.name().equals(eventDialect) && (tenant == null || tenant.equals(eventTenant));
    }
}
