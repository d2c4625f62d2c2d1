package dev.sluice.admin.key;

import dev.sluice.access.Caller;
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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/portal}: a link for a customer, made by the application that he is signed in to, and the visit that comes of it.
 * A link needs the role manage, and a key: in open mode it would limit nobody.
 */
public final class PortalRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(PortalRoutes.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final int MAX_TENANT = 1024;
    private static final int MAX_LINK = 8192;

    private final Passes passes;
    private final UsedLinks used;
    private final InstantSource clock;

    public PortalRoutes(Passes passes, UsedLinks used, InstantSource clock) {
        this.passes = passes;
        this.used = used;
        this.clock = clock;
    }

    @Override
    public void on(Mount mount) {
        mount.post("/v1/portal", Role.MANAGE, this::link);
        mount.openPost("/v1/portal/visit", (request, body) -> visit(body));
    }

    private Future<Reply> link(Call call) {
        Form form = new Form(call.json());
        String said = form.requiredName("tenant", MAX_TENANT);
        String role = Objects.requireNonNullElse(form.text("role", MAX_TENANT), Role.MANAGE.word());
        Long length = form.whole("expiresInMs", SHORTEST.toMillis(), LONGEST.toMillis());
        if (!role.equals(Role.READ.word()) && !role.equals(Role.MANAGE.word())) {
            form.refuse("role", "%s (expected: read or manage)".formatted(role));
        }
        form.check("invalid-portal", "The portal is not valid");
        Caller caller = requireKey(call.caller());
        String tenant = call.tenant(said);
        Instant until = clock.instant().plusMillis(length == null ? USUAL.toMillis() : length);
        String link = passes.link(caller, Role.of(role).orElse(Role.READ), tenant, until);
        LOG.atInfo()
                .addKeyValue("by", caller.name())
                .addKeyValue("tenant", tenant)
                .addKeyValue("role", role)
                .log("a link to the portal was made");
        return Future.succeededFuture(
                Reply.json(201, new JsonObject().put("path", "/portal#" + link).put("expiresAt", until.toString())));
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
        return used.use(pass.id(), Passes.LINK).map(isFirst -> {
            if (!isFirst) {
                throw over();
            }
            return Reply.ok(new JsonObject()
                    .put("token", passes.visit(pass))
                    .put("tenant", pass.tenant())
                    .put("role", pass.role().word())
                    .put("expiresAt", pass.until().toString()));
        });
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
