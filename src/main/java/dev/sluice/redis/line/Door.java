package dev.sluice.redis.line;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to servers: over TLS if it is so, as the user that was said, to the database that was said.
 *
 * <p>The client logs in by itself only when Redis refuses its first command. Where the default user is allowed something, it
 * would go on as that.
 */
public final class Door {
    private final Vertx vertx;
    private final RedisTarget target;
    private final boolean isOfSentinels;

    private Door(Vertx vertx, RedisTarget target, boolean isOfSentinels) {
        this.vertx = vertx;
        this.target = target;
        this.isOfSentinels = isOfSentinels;
    }

    /** To servers that hold data. */
    public static Door ofRedis(Vertx vertx, RedisTarget target) {
        return new Door(vertx, target, false);
    }

    /** Sentinels have a password of their own, and no databases. */
    public static Door ofSentinels(Vertx vertx, RedisTarget target) {
        return new Door(vertx, target, true);
    }

    /** To be closed by whoever asked; files of certificates are read when it connects. */
    Redis client(RedisNode node) {
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(node.connection(target.address().tls()))
                        .setProtocolNegotiation(false)
                        .setMaxPoolSize(1)
                        .setMaxPoolWaiting(1)
                        .setPoolRecycleTimeout(-1)
                        .setMaxWaitingHandlers(Pipeline.MOST_UNANSWERED)
                        .setNetClientOptions(network()));
    }

    private NetClientOptions network() {
        NetClientOptions options = new NetClientOptions();
        if (!target.address().tls()) {
            return options;
        }
        RedisAccess access = target.access();
        options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        if (access.caFile() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(access.caFile()));
        }
        if (access.certificateFile() != null && access.keyFile() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertPath(access.certificateFile())
                    .setKeyPath(access.keyFile()));
        }
        return options;
    }

    /** A connection that was let in; fails as Redis, the network or TLS does. */
    Future<RedisConnection> connect(Redis client) {
        return client.connect()
                .compose(connection -> password()
                        .compose(password -> login(connection, password))
                        .compose(in -> select(connection))
                        .map(connection));
    }

    /** On a connection that is closed afterwards; fails also if it takes longer than the patience. */
    public <T> Future<T> visit(RedisNode node, Duration patience, Function<RedisConnection, Future<T>> work) {
        Redis client = client(node);
        return connect(client)
                .compose(work)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> client.close());
    }

    private Future<@Nullable String> password() {
        if (isOfSentinels) {
            return Future.succeededFuture(target.access().sentinelPassword());
        }
        String file = target.access().passwordFile();
        if (file == null) {
            String password = target.access().password();
            return Future.succeededFuture(password == null ? target.address().password() : password);
        }
        return vertx.fileSystem()
                .readFile(file)
                .map(content -> content.toString(StandardCharsets.UTF_8).strip());
    }

    private Future<Void> login(RedisConnection connection, @Nullable String password) {
        String username = username();
        if (username == null && password == null) {
            return Future.succeededFuture();
        }
        Request login = Request.cmd(Command.AUTH);
        if (username != null) {
            login.arg(username);
        }
        return connection.send(login.arg(password == null ? "" : password)).mapEmpty();
    }

    private @Nullable String username() {
        if (isOfSentinels) {
            return null;
        }
        String username = target.access().username();
        return username == null ? target.address().username() : username;
    }

    private Future<Void> select(RedisConnection connection) {
        int database = isOfSentinels ? 0 : target.address().database();
        return database == 0
                ? Future.succeededFuture()
                : connection.send(Request.cmd(Command.SELECT).arg(database)).mapEmpty();
    }
}
