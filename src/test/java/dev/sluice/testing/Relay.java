package dev.sluice.testing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A TCP proxy that can be told to misbehave. It listens on the same free port of each of its addresses, which are of this machine.
 * Any thread may call it.
 */
public final class Relay implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** What becomes of a connection, and of what is sent on it. */
    private enum Manner {
        PASSES,
        /** Each piece waits. */
        SLOW,
        /** It is open, and nothing is read of it: a peer that is gone and could not say so. */
        MUTE,
        REFUSES
    }

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final NetClient client = vertx.createNetClient();
    private final List<NetServer> servers = new ArrayList<>(); // kept: what nobody refers to is closed
    private final int port;

    // confined to the one event loop
    private final Set<NetSocket> sockets = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private Manner manner = Manner.PASSES;
    private Duration delay = Duration.ZERO;
    private int target;

    /** Leads to a port of 127.0.0.1, which is its own address unless others are said. */
    public Relay(int target, String... addresses) {
        this.target = target;
        List<String> all = addresses.length == 0 ? List.of(LOOPBACK) : List.of(addresses);
        int found = 0;
        for (String address : all) {
            NetServer server = vertx.createNetServer().connectHandler(near -> accepted(near, address));
            found = ScriptedEndpoint.await(server.listen(found, address)).actualPort();
            servers.add(server);
        }
        this.port = found;
    }

    public int port() {
        return port;
    }

    /** From now on; connections that are open stay what they are. */
    public void leadTo(int port) {
        call(() -> target = port);
    }

    /** As it was at first. What was sent while it was mute has not arrived, and never will. */
    public void behave() {
        call(() -> {
            boolean wasMute = manner == Manner.MUTE;
            manner = Manner.PASSES;
            if (wasMute) {
                closeAll();
            }
        });
    }

    public void beSlow(Duration each) {
        call(() -> {
            manner = Manner.SLOW;
            delay = each;
        });
    }

    public void beMute() {
        call(() -> {
            manner = Manner.MUTE;
            sockets.forEach(NetSocket::pause);
        });
    }

    public void refuse() {
        call(() -> {
            manner = Manner.REFUSES;
            closeAll();
        });
    }

    public void cut() {
        call(this::closeAll);
    }

    /** Whoever was there has moved: all of its connections end, and at that address nobody answers any more. */
    public void move(String from, String to) {
        call(() -> {
            gone.add(from);
            gone.remove(to);
            closeAll();
        });
    }

    private void call(Runnable change) {
        ScriptedEndpoint.await(Future.future(done -> context.runOnContext(go -> {
            change.run();
            done.complete();
        })));
    }

    private void closeAll() {
        List.copyOf(sockets).forEach(NetSocket::close);
    }

    private void accepted(NetSocket near, String address) {
        keep(near);
        near.pause();
        if (manner == Manner.REFUSES || gone.contains(address)) {
            near.close();
        } else if (manner != Manner.MUTE) {
            client.connect(target, LOOPBACK).onSuccess(far -> join(near, far)).onFailure(refused -> near.close());
        }
    }

    private void join(NetSocket near, NetSocket far) {
        keep(far);
        near.closeHandler(closed -> ended(near, far));
        far.closeHandler(closed -> ended(far, near));
        if (!sockets.contains(near)) {
            far.close();
            return;
        }
        near.handler(bytes -> pass(near, bytes, far));
        far.handler(bytes -> pass(far, bytes, near));
        if (manner == Manner.MUTE) {
            far.pause();
        } else {
            near.resume();
        }
    }

    private void keep(NetSocket socket) {
        sockets.add(socket);
        socket.closeHandler(closed -> sockets.remove(socket));
        socket.exceptionHandler(broken -> {});
    }

    private void ended(NetSocket socket, NetSocket other) {
        sockets.remove(socket);
        if (manner != Manner.MUTE) {
            other.close();
        }
    }

    private void pass(NetSocket from, Buffer bytes, NetSocket to) {
        if (manner == Manner.SLOW) {
            from.pause();
            vertx.setTimer(delay.toMillis(), late -> write(from, bytes, to));
        } else {
            write(from, bytes, to);
        }
    }

    private void write(NetSocket from, Buffer bytes, NetSocket to) {
        if (manner == Manner.MUTE) {
            from.pause();
            return;
        }
        from.pause();
        to.write(bytes).onSuccess(written -> {
            if (manner != Manner.MUTE) {
                from.resume();
            }
        });
    }

    @Override
    public void close() {
        ScriptedEndpoint.await(vertx.close());
    }
}
