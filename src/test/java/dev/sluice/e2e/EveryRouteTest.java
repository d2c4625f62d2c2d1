package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Contract;
import dev.sluice.e2e.ContractCalls.Call;
import dev.sluice.e2e.ContractCalls.Operation;
import dev.sluice.testing.LoggedErrors;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every route of the contract, asked in right and in wrong ways by everybody there is: the answer is one that the contract has,
 * no error is ours, and nobody gets at what is another tenant's. {@code -Dcontract.calls=N}: N calls of each route by each.
 */
class EveryRouteTest {
    private static final int CALLS = Integer.getInteger("contract.calls", 2);
    private static final long SEED = Long.getLong("contract.seed", 20261128);
    private static final String ADMIN = "an-admin-key-of-the-test";
    private static final String NOBODY = "nobody";
    /** With a role that is for events alone. */
    private static final Set<String> OF_PUBLISHERS =
            Set.of("/v1/events", "/v1/sources/{source}/events", "/v1/sources/{source}/emit", "/v1/me");

    private static final Set<String> TENANTS = Set.of("acme", "globex");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(
            REDIS,
            "SLUICE_ACCESS_ADMIN_KEY",
            ADMIN,
            "SLUICE_HTTP_PLAYGROUND",
            "always",
            "SLUICE_DELIVERY_ALLOW_NETWORKS",
            "127.0.0.0/8");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, String> tokens = new LinkedHashMap<>();
    /** By tenant. */
    private final Map<String, String> webhooks = new LinkedHashMap<>();

    private final Map<String, String> events = new LinkedHashMap<>();
    private final Map<String, String> deliveries = new LinkedHashMap<>();

    /** Operations that somebody did. */
    private final Set<String> taken = new TreeSet<>();

    private final List<String> wrongs = new ArrayList<>();

    @Test
    void answersEverybodyAsTheContractSaysAndLetsNobodyAtWhatIsAnothers() {
        prepare();
        ContractCalls calls = new ContractCalls(Contract.document(), SEED);
        try (LoggedErrors errors = new LoggedErrors()) {
            for (Operation operation : calls.operations()) {
                for (String caller : tokens.keySet()) {
                    calls.of(operation, this::name, CALLS).forEach(call -> look(caller, call));
                }
            }
            assertThat(wrongs).isEmpty();
            assertThat(taken).as("somebody did much of it").hasSizeGreaterThan(30);
            assertThat(errors.all()).isEmpty();
        }
        assertThat(pod.management().get("/health/live").status()).isEqualTo(200);
    }

    private void prepare() {
        Rest admin = pod.api().as(ADMIN);
        tokens.put(NOBODY, null);
        tokens.put("stranger", "slk_wrong");
        for (String role : List.of("read", "publish", "manage")) {
            tokens.put(
                    role + " of acme",
                    key(admin, new JsonObject().put("role", role).put("tenant", "acme")));
        }
        tokens.put(
                "manage of globex",
                key(admin, new JsonObject().put("role", "manage").put("tenant", "globex")));
        tokens.put("admin", ADMIN);
        JsonObject link = new JsonObject().put("tenant", "acme").put("role", "manage");
        String path = made(admin.post("/v1/portal", link)).getString("path");
        JsonObject visit = new JsonObject().put("link", path.substring(path.indexOf('#') + 1));
        tokens.put(
                "visitor of acme",
                pod.api().post("/v1/portal/visit", visit).json().getString("token"));
        renew();
    }

    private String key(Rest admin, JsonObject wanted) {
        return made(admin.post("/v1/keys", wanted.put("name", wanted.getString("role"))))
                .getString("token");
    }

    /** What a call before this one may have deleted. */
    private void renew() {
        Rest admin = pod.api().as(ADMIN);
        for (String tenant : TENANTS) {
            JsonObject source = new JsonObject()
                    .put("name", tenant)
                    .put("tenant", tenant)
                    .put("dialect", "strapi")
                    .put("auth", new JsonObject().put("type", "token").put("token", "a-token-of-some-length"));
            assertThat(admin.post("/v1/sources", source).status()).isIn(200, 201, 409);
            String id = webhooks.get(tenant);
            if (id == null || admin.get("/v1/webhooks/" + id).status() != 200) {
                JsonObject webhook = new JsonObject().put("tenant", tenant).put("url", "http://127.0.0.1:9/" + tenant);
                webhooks.put(tenant, made(admin.post("/v1/webhooks", webhook)).getString("id"));
                JsonObject event = new JsonObject()
                        .put("tenant", tenant)
                        .put("type", "order.paid")
                        .put("data", 1);
                events.put(
                        tenant,
                        pod.api().as(ADMIN).post("/v1/events", event).json().getString("id"));
                JsonArray known = admin.get(
                                "/v1/deliveries?tenant=%s&webhook=%s".formatted(tenant, webhooks.get(tenant)))
                        .json()
                        .getJsonArray("deliveries", new JsonArray());
                if (!known.isEmpty()) {
                    deliveries.put(tenant, known.getJsonObject(0).getString("id"));
                }
            }
        }
    }

    private static JsonObject made(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.json();
    }

    /** Mostly something that there is. */
    private String name(Operation operation, String parameter) {
        String tenant = random.nextBoolean() ? "acme" : "globex";
        boolean isSource = operation.path().startsWith("/v1/sources/") || parameter.equals("source");
        if (random.nextInt(6) == 0) {
            return parameter.equals("id") ? "wh_1" : null;
        }
        return switch (parameter) {
            case "tenant" -> tenant;
            case "webhook" -> webhooks.get(tenant);
            case "id", "source" ->
                isSource
                        ? tenant
                        : operation.path().startsWith("/v1/events/")
                                ? events.get(tenant)
                                : id(operation.path(), tenant);
            default -> null;
        };
    }

    private String id(String path, String tenant) {
        boolean isDelivery = path.startsWith("/v1/deliveries/") || path.startsWith("/v1/dead-letters/");
        String webhook = webhooks.get(tenant);
        return isDelivery ? deliveries.getOrDefault(tenant, webhook) : webhook;
    }

    private void look(String caller, Call call) {
        try {
            RawHttp.Response answer = answer(caller, call);
            if (answer.status() < 300) {
                taken.add(call.operation().toString());
            }
            String wrong = wrong(caller, call, answer);
            if (wrong != null) {
                wrongs.add("%s: %s, as %s: %s %s".formatted(wrong, call, caller, answer.status(), answer.body()));
            }
            if (call.operation().method().equals("DELETE") && answer.status() < 300) {
                renew();
            }
        } catch (AssertionError | RuntimeException broken) {
            wrongs.add("%s, as %s: %s".formatted(call, caller, broken));
        }
        assertThat(wrongs).hasSizeLessThan(30);
    }

    private RawHttp.Response answer(String caller, Call call) {
        String token = tokens.get(caller);
        String head = "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%sContent-Length: %d\r\n\r\n"
                .formatted(
                        call.operation().method(),
                        call.target(),
                        token == null ? "" : "Authorization: Bearer " + token + "\r\n",
                        call.type().isEmpty() ? "" : "Content-Type: " + call.type() + "\r\n",
                        call.body().length);
        try (RawHttp http = pod.connect()) {
            http.send(head).send(call.body());
            boolean isEndless = call.operation().path().equals("/v1/tail");
            RawHttp.Response answer = isEndless ? http.readHead() : http.read();
            String body = isEndless ? "" : answer.body();
            Contract.check(
                    call.operation().method(), call.target(), answer.status(), answer.header("content-type"), body);
            return answer;
        }
    }

    /** Null if nothing is. */
    private String wrong(String caller, Call call, RawHttp.Response answer) {
        Operation operation = call.operation();
        if (answer.status() >= 500) {
            return "an error of ours";
        }
        boolean isOtherwise =
                operation.path().startsWith("/admin/") || call.type().equals("application/x-ndjson");
        boolean isSaid = "application/problem+json".equals(answer.header("content-type"));
        if (answer.status() >= 400 && !isSaid && !isOtherwise) {
            return "no problem";
        }
        if (answer.status() >= 300 || operation.isOpen()) {
            return null;
        }
        boolean isUnknown = caller.equals(NOBODY) || caller.equals("stranger");
        boolean isForeign = (caller.endsWith("acme") && names(call, "globex"))
                || (caller.endsWith("globex") && names(call, "acme"));
        boolean isBeyond = caller.startsWith("publish") && !OF_PUBLISHERS.contains(operation.path());
        return isUnknown
                ? "let in without a key"
                : isForeign ? "at another tenant's" : isBeyond ? "beyond its role" : null;
    }

    private boolean names(Call call, String tenant) {
        String path = call.target().replaceFirst("\\?.*", "");
        return path.contains(webhooks.get(tenant)) || List.of(path.split("/")).contains(tenant);
    }
}
