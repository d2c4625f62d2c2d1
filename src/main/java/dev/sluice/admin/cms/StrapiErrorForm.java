package dev.sluice.admin.cms;

import dev.sluice.admin.web.ErrorForm;
import dev.sluice.http.Problem;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** At the paths of Strapi's admin API, errors look as Strapi's. */
public final class StrapiErrorForm implements ErrorForm {
    @Override
    public boolean serves(String path) {
        return path.equals(StrapiRoutes.ALL) || path.startsWith(StrapiRoutes.ALL + "/");
    }

    @Override
    public JsonObject view(Problem problem, @Nullable Object body) {
        return StrapiErrors.view(problem, body);
    }
}
