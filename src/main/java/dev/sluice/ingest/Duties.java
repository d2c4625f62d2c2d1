package dev.sluice.ingest;

import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pod does of that which requests may be for, by its roles. Immutable; any thread. */
final class Duties {
    private static final Set<PodRole> ASKED_FOR = EnumSet.of(PodRole.INGEST, PodRole.API);

    private final List<PodRole> roles;
    private final boolean isAll;

    Duties(List<PodRole> roles) {
        this.roles = List.copyOf(roles);
        this.isAll = roles.containsAll(ASKED_FOR);
    }

    /** Why another pod should be asked; null if this one does it. */
    @Nullable
    Problem refusal(HttpServerRequest request) {
        if (isAll) {
            return null;
        }
        PodRole wanted = IngestHandler.isFor(request) ? PodRole.INGEST : PodRole.API;
        return roles.contains(wanted) ? null : elsewhere(wanted);
    }

    private Problem elsewhere(PodRole wanted) {
        return Problem.of(
                421,
                "elsewhere",
                "Another pod does this",
                "runtime.roles of this pod: %s (expected, for this request: %s); nothing was done, send it to a pod with that role"
                        .formatted(roles, wanted));
    }
}
