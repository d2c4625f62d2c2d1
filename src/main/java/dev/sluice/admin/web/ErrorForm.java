package dev.sluice.admin.web;

import dev.sluice.http.Problem;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What errors look like at paths whose clients expect another form than a problem. */
public interface ErrorForm {
    boolean serves(String path);

    /** @param body of the request, where its members were found wrong */
    JsonObject view(Problem problem, @Nullable Object body);
}
