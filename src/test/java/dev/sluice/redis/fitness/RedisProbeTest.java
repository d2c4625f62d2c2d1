package dev.sluice.redis.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Door;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may speak to which Redis, and what is said of one that cannot be used. */
class RedisProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Needs NOTHING = new Needs(false, false, 0, Duration.ZERO);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @TempDir
    Path folder;

    private String host;
    private String password;

    @BeforeEach
    void users() {
        URI uri = URI.create(REDIS.uri());
        host = "127.0.0.1:" + uri.getPort();
        password = uri.getUserInfo().substring(1);
        REDIS.command("ACL", "SETUSER", "alice", "reset", "on", ">wonder", "~*", "&*", "+@all");
        REDIS.command("ACL", "SETUSER", "bob", "reset", "on", ">build", "~*", "+ping");
    }

    private static RedisAccess as(String username, String password) {
        return new RedisAccess(username, password, null, null, null, null, null);
    }

    /** Null: it can be used. */
    private static String problem(String uri, RedisAccess access) {
        RedisTarget target = new RedisTarget(
                RedisAddress.read(uri), access, PATIENCE, Duration.ofMillis(10), Duration.ofMillis(100));
        return LOOP.get(() -> RedisProbe.check(LOOP.vertx(), target, NOTHING)
                .map((String) null)
                .otherwise(Throwable::getMessage));
    }

    @Test
    void takesUserAndPasswordOfTheUri() {
        assertThat(problem("redis://alice:wonder@" + host, RedisAccess.OF_ADDRESS))
                .isNull();
        assertThat(problem("redis://:" + password + "@" + host + "/3", RedisAccess.OF_ADDRESS))
                .isNull();
    }

    @Test
    void takesUserAndPasswordOfTheSettings() {
        assertThat(problem("redis://" + host, as("alice", "wonder"))).isNull();
        assertThat(problem("redis://alice@" + host, as(null, "wonder"))).isNull();
    }

    @Test
    void takesThePasswordOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "wonder\n");
        assertThat(problem("redis://" + host, new RedisAccess("alice", null, file.toString(), null, null, null, null)))
                .isNull();
    }

    @Test
    void speaksThroughASocketInTheFileSystem() {
        String path = folder.resolve("redis.sock").toString();
        relay(new NetServerOptions(), SocketAddress.domainSocketAddress(path));
        assertThat(problem("unix://" + path, as("alice", "wonder"))).isNull();
        assertThat(problem("unix://" + path + "s", as("alice", "wonder")))
                .startsWith("redis.uri: unix://" + path + "s cannot be used: ");
    }

    @Test
    void namesTheSettingOfAWrongPassword() throws IOException {
        String file = Files.writeString(folder.resolve("password"), "wander").toString();
        assertThat(problem("redis://:wrong@" + host, RedisAccess.OF_ADDRESS))
                .startsWith("redis.uri: not the password of the user default at redis://***@" + host);
        assertThat(problem("redis://" + host, as("alice", "wander")))
                .startsWith("redis.password: not the password of the user alice");
        assertThat(problem("redis://" + host, new RedisAccess("alice", null, file, null, null, null, null)))
                .startsWith("redis.passwordFile: not the password of the user alice");
        assertThat(problem("redis://" + host, RedisAccess.OF_ADDRESS)).startsWith("redis.password: none (expected:");
        assertThat(problem("redis://" + host, new RedisAccess("alice", null, file + "s", null, null, null, null)))
                .startsWith("redis.passwordFile: " + file + "s (expected: a file that can be read)");
    }

    @Test
    void saysThatAUserMayDoTooLittle() {
        assertThat(problem("redis://" + host, as("bob", "build")))
                .startsWith("redis.username: bob may not do at redis://" + host + " what Sluice needs: NOPERM");
    }

    /** Where the default user is open to all, who was named is the one that is let in. */
    @Test
    void isTheUserThatWasNamedThoughNobodyHadToBe() {
        REDIS.command("ACL", "SETUSER", "default", "nopass");
        try {
            assertThat(problem("redis://" + host, as("alice", "wander"))).contains("user alice");
            assertThat(problem("redis://" + host, RedisAccess.OF_ADDRESS)).isNull();
        } finally {
            asAlice(Request.cmd(Command.ACL)
                    .arg("SETUSER")
                    .arg("default")
                    .arg("resetpass")
                    .arg(">" + password));
        }
    }

    private void asAlice(Request request) {
        RedisTarget target = new RedisTarget(
                RedisAddress.read("redis://" + host), as("alice", "wonder"), PATIENCE, PATIENCE, PATIENCE);
        Door door = Door.ofRedis(LOOP.vertx(), target);
        LOOP.get(() -> door.visit(target.address().nodes().get(0), PATIENCE, connection -> connection.send(request)));
    }

    @Test
    void saysThatAReplicaIsNone() {
        REDIS.command("REPLICAOF", "127.0.0.1", "1");
        try {
            assertThat(problem("redis://:" + password + "@" + host, RedisAccess.OF_ADDRESS))
                    .contains("it is a replica, which takes no writes (expected: its master, 127.0.0.1:1)");
        } finally {
            REDIS.command("REPLICAOF", "NO", "ONE");
        }
    }

    @Test
    void speaksTlsToTheHostOfTheUri() {
        int port = tls(new NetServerOptions());
        RedisAccess trusting = trusting("localhost.pem", null);
        assertThat(problem("rediss://localhost:" + port, trusting)).isNull();
        assertThat(problem("rediss://localhost:" + port, as("alice", "wonder")))
                .startsWith(
                        "redis.tls.caFile: null, so those of the JDK; the certificate of rediss://localhost:" + port);
        assertThat(problem("rediss://127.0.0.1:" + port, trusting))
                .contains("redis.uri: rediss://127.0.0.1:" + port + " shows a certificate for another host");
        assertThat(problem("rediss://localhost:" + port, trusting("nothing.pem", null)))
                .startsWith("redis.tls.caFile: ")
                .contains("(expected: a file that can be read)");
    }

    @Test
    void showsItsCertificate() {
        int port = tls(new NetServerOptions()
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(Certificates.trusting("clients")));
        assertThat(problem("rediss://localhost:" + port, trusting("localhost.pem", "client-a")))
                .isNull();
        assertThat(problem("rediss://localhost:" + port, trusting("localhost.pem", null)))
                .contains("rediss://localhost:" + port);
    }

    @Test
    void tellsTlsFromNone() {
        assertThat(problem("rediss://" + host, as("alice", "wonder")))
                .isEqualTo("redis.uri: rediss://" + host
                        + " does not answer within PT5S (expected: a Redis that speaks TLS)");
        assertThat(problem("redis://localhost:" + tls(new NetServerOptions()), as("alice", "wonder")))
                .contains("where it wants TLS, redis.uri begins with rediss://");
    }

    private static RedisAccess trusting(String ca, String certificate) {
        Path known = Path.of(Certificates.path("localhost.pem"));
        return new RedisAccess(
                "alice",
                "wonder",
                null,
                null,
                known.resolveSibling(ca).toString(),
                certificate == null ? null : Certificates.path(certificate + ".pem"),
                certificate == null ? null : Certificates.path(certificate + ".key"));
    }

    /** Before the same Redis; ends with the loop. */
    private int tls(NetServerOptions options) {
        options.setSsl(true).setKeyCertOptions(Certificates.keyPair("localhost"));
        return relay(options, SocketAddress.inetSocketAddress(0, "127.0.0.1")).actualPort();
    }

    private static NetServer relay(NetServerOptions options, SocketAddress address) {
        int redis = URI.create(REDIS.uri()).getPort();
        NetClient client = LOOP.vertx().createNetClient();
        NetServer server = LOOP.vertx().createNetServer(options).connectHandler(near -> {
            near.pause();
            client.connect(redis, "127.0.0.1").onSuccess(far -> {
                near.pipeTo(far);
                far.pipeTo(near);
            });
        });
        return ScriptedEndpoint.await(server.listen(address));
    }
}
