package dev.sluice.subscription.redis;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks in Redis. Decodes many on a worker thread, as each one costs a decryption for every secret; one on the
 * caller's.
 */
final class WebhookStore {
    private static final Script ADD = Script.load("lua/registry-write.lua");
    private static final Script CHANGE = ADD.evenWhenFull();
    private static final Script ANNOUNCE =
            Script.load("lua/registry-announce.lua").evenWhenFull();
    private static final Script CHANGES = Script.load("lua/registry-changes.lua");

    /** A pod that missed more reads the tenant anew. */
    private static final int KEPT_CHANGES = 1000;

    private static final int KEPT_HINTS = 10_000;
    private static final int SCAN = 1000;
    private static final String DELETED = "";

    private final Vertx vertx;
    private final RedisLink link;
    private final WebhookCodec codec;

    WebhookStore(Vertx vertx, RedisLink link, WebhookCodec codec) {
        this.vertx = vertx;
        this.link = link;
        this.codec = codec;
    }

    /** @param webhooks by id what they are now, empty if deleted; null: too much changed, or the data is other data */
    record Changes(String version, @Nullable Map<String, Optional<Webhook>> webhooks) {}

    Future<Boolean> write(Webhook webhook) {
        Script script = webhook.version() == 1 ? ADD : CHANGE;
        return former(webhook)
                .compose(former -> change(
                        script, webhook.tenant(), webhook.id(), webhook.version() - 1, codec.encode(webhook, former)));
    }

    /** What is stored is merged into what is written; that it is still the same then, the version says. */
    private Future<@Nullable String> former(Webhook webhook) {
        return webhook.version() == 1
                ? Future.succeededFuture(null)
                : stored(webhook.tenant(), webhook.id()).map(form -> form == null ? null : form.toString());
    }

    Future<Boolean> delete(String tenant, String id) {
        return change(CHANGE, tenant, id, 0, DELETED).onSuccess(deleted -> codec.forget(tenant, id));
    }

    private Future<Boolean> change(Script script, String tenant, String id, long expectedVersion, String form) {
        return link.callDurably(script.on(RegistryKeys.ofScript(tenant)).with(id, expectedVersion, form, KEPT_CHANGES))
                .map(answer -> answer.toInteger() == 1);
    }

    /** Tells all pods, this one too. */
    Future<Void> announce(String tenant, String id) {
        return link.call(ANNOUNCE.on(RegistryKeys.CHANGES).with(KEPT_HINTS, tenant, id))
                .mapEmpty();
    }

    Future<Optional<Webhook>> find(String tenant, String id) {
        return stored(tenant, id)
                .map(form -> Optional.ofNullable(form).map(text -> codec.read(tenant, id, text.toString())));
    }

    private Future<Response> stored(String tenant, String id) {
        return link.send(
                Request.cmd(Command.HGET).arg(RegistryKeys.webhooks(tenant)).arg(id));
    }

    /** In the order of the tenants; null where it cannot be told now. */
    Future<List<@Nullable String>> versions(List<String> tenants) {
        List<Request> reads = tenants.stream()
                .map(tenant -> Request.cmd(Command.GET).arg(RegistryKeys.version(tenant)))
                .toList();
        return link.each(reads).map(done -> {
            List<@Nullable String> versions = new ArrayList<>();
            for (int i = 0; i < tenants.size(); i++) {
                versions.add(done.isDone(i) ? version(done.answer(i)) : null);
            }
            return versions;
        });
    }

    /** All that is different from what was read at the known version: one atomic look. */
    Future<Changes> changesSince(String tenant, String known) {
        return link.call(CHANGES.on(RegistryKeys.ofScript(tenant)).with(known)).compose(answer -> {
            String version = answer.get(0).toString();
            if (answer.size() == 1) {
                return Future.succeededFuture(new Changes(version, null));
            }
            return vertx.executeBlocking(() -> new Changes(version, decoded(tenant, answer.get(1))), false);
        });
    }

    /**
     * Everything, in pieces, while others may write: what is read is at least as new as the version, which was read
     * before. The changes since that version make it whole.
     */
    Future<Map<String, Webhook>> readAll(String tenant) {
        return scan(tenant, "0", new HashMap<>());
    }

    Future<String> version(String tenant) {
        return link.send(Request.cmd(Command.GET).arg(RegistryKeys.version(tenant)))
                .map(WebhookStore::version);
    }

    private Future<Map<String, Webhook>> scan(String tenant, String cursor, Map<String, Webhook> read) {
        return link.send(Request.cmd(Command.HSCAN)
                        .arg(RegistryKeys.webhooks(tenant))
                        .arg(cursor)
                        .arg("COUNT")
                        .arg(SCAN))
                .compose(answer -> vertx.executeBlocking(
                        () -> {
                            Response pairs = answer.get(1);
                            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                                String id = pairs.get(i).toString();
                                read.put(
                                        id,
                                        codec.read(tenant, id, pairs.get(i + 1).toString()));
                            }
                            return answer.get(0).toString();
                        },
                        false))
                .compose(next -> next.equals("0") ? Future.succeededFuture(read) : scan(tenant, next, read));
    }

    private Map<String, Optional<Webhook>> decoded(String tenant, Response pairs) {
        Map<String, Optional<Webhook>> webhooks = new HashMap<>();
        for (Response pair : pairs) {
            String id = pair.get(0).toString();
            Response form = pair.get(1);
            webhooks.put(id, Optional.ofNullable(form).map(text -> codec.read(tenant, id, text.toString())));
        }
        return webhooks;
    }

    private static String version(@Nullable Response answer) {
        return answer == null ? Snapshot.NO_VERSION : answer.toString();
    }
}
