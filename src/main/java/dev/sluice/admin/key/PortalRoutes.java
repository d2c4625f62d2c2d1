package dev.sluice.admin.key;

import dev.sluice.access.Caller;
import dev.sluice.access.Logo;
import dev.sluice.access.Looks;
import dev.sluice.access.Passes;
import dev.sluice.access.Role;
import dev.sluice.access.UsedLinks;
import dev.sluice.admin.web.Call;
import dev.sluice.admin.web.Form;
import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Reply;
import dev.sluice.admin.web.Routes;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/portal}: a link for a customer, made by the application that he is signed in to, and the visit that comes of it.
 * A link needs the role manage, and a key: in open mode it would limit nobody.
 */
public final class PortalRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(PortalRoutes.class);
    private static final int MAX_LINK = 8192;
    private static final String PATH = "/portal";

    private final Passes passes;
    private final UsedLinks used;
    private final Looks looks;
    private final InstantSource clock;

    public PortalRoutes(Passes passes, UsedLinks used, Looks looks, InstantSource clock) {
        this.passes = passes;
        this.used = used;
        this.looks = looks;
        this.clock = clock;
    }

    @Override
    public void on(Mount mount) {
        mount.post("/v1/portal", Role.MANAGE, this::link);
        mount.openPost("/v1/portal/visit", (request, body) -> visit(body));
    }

    private Future<Reply> link(Call call) {
        PortalForm form = PortalForm.read(call.json());
        Caller caller = requireKey(call.caller());
        String tenant = call.tenant(form.tenant());
        Instant until = clock.instant().plus(form.length());
        Passes.Pass pass = passes.pass(caller, form.role(), tenant, form.types(), until);
        LOG.atInfo()
                .addKeyValue("by", caller.name())
                .addKeyValue("tenant", tenant)
                .addKeyValue("role", form.role().word())
                .log("a link to the portal was made");
        return dress(pass, form)
                .map(dressed -> Reply.json(
                        201,
                        new JsonObject()
                                .put("path", path(form.logo()) + "#" + passes.link(pass))
                                .put("expiresAt", until.toString())));
    }

    /** How the portal shall look waits for the visit, as the link is long enough without it. */
    private Future<Void> dress(Passes.Pass pass, PortalForm form) {
        JsonObject look = new JsonObject();
        if (form.accent() != null) {
            look.put("accent", form.accent().view());
        }
        if (form.logo() != null) {
            look.put("logo", form.logo().text());
        }
        return look.isEmpty() ? Future.succeededFuture() : looks.keep(pass.id(), look.encode(), Passes.LINK);
    }

    /** What a page may show is said before its script runs: in its address. */
    private String path(@Nullable Logo logo) {
        return logo == null ? PATH : PATH + "?look=" + passes.logo(logo);
    }

    private static Caller requireKey(Caller caller) {
        if (caller.equals(Caller.ANYBODY)) {
            String detail = "As long as there is no API key everybody may everything; make one first (POST /v1/keys).";
            throw Problem.of(409, "no-key", "There is no key", detail).asException();
        }
        return caller;
    }

    /** Open to everybody: the link is the secret. */
    private Future<Reply> visit(Buffer body) {
        Form form = new Form(object(body));
        String link = form.requiredText("link", MAX_LINK);
        form.check("invalid-link", "The link is not valid");
        Passes.Pass pass = link.startsWith(Passes.PREFIX) ? passes.readLink(link) : null;
        if (pass == null) {
            return Future.failedFuture(over());
        }
        return used.use(pass.id(), Passes.LINK)
                .map(isFirst -> {
                    if (!isFirst) {
                        throw over();
                    }
                    return pass.id();
                })
                .compose(looks::take)
                .map(look -> Reply.ok(view(pass, look)));
    }

    private JsonObject view(Passes.Pass pass, @Nullable String look) {
        JsonObject view = new JsonObject()
                .put("token", passes.visit(pass))
                .put("tenant", pass.tenant())
                .put("role", pass.role().word())
                .put("expiresAt", pass.until().toString());
        if (!pass.types().isEmpty()) {
            view.put("eventTypes", new JsonArray(pass.types()));
        }
        return look == null ? view : view.mergeIn(new JsonObject(look));
    }

    private static ProblemException over() {
        String detail =
                "The link was used before, or is over: each opens one visit, within %d minutes. Ask for a new one."
                        .formatted(Passes.LINK.toMinutes());
        return Problem.of(410, "link-over", "The link is over", detail).asException();
    }

    private static JsonObject object(Buffer body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException malformed) {
            throw Problem.of(400, "malformed-json", "Malformed JSON", "expected: {\"link\": \"slp_…\"}")
                    .asException();
        }
    }
}
