package dev.sluice.redis;

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
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one Redis: over TLS if it is so, as the user that was said, to the database that was said.
 *
 * <p>The client logs in by itself only when Redis refuses its first command. Where the default user is allowed something, it
 * would go on as that.
 */
final class Door {
    private final Vertx vertx;
    private final RedisTarget target;

    Door(Vertx vertx, RedisTarget target) {
        this.vertx = vertx;
        this.target = target;
    }

    /** To be closed by whoever asked; files of certificates are read when it connects. */
    Redis client() {
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(target.address().connection())
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

    private Future<@Nullable String> password() {
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
        String username = target.access().username() == null
                ? target.address().username()
                : target.access().username();
        if (username == null && password == null) {
            return Future.succeededFuture();
        }
        Request login = Request.cmd(Command.AUTH);
        if (username != null) {
            login.arg(username);
        }
        return connection.send(login.arg(password == null ? "" : password)).mapEmpty();
    }

    private Future<Void> select(RedisConnection connection) {
        int database = target.address().database();
        return database == 0
                ? Future.succeededFuture()
                : connection.send(Request.cmd(Command.SELECT).arg(database)).mapEmpty();
    }
}
