package dev.sluice.testing;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts connections for another port at once, and passes nothing on until it is opened. Any thread. */
public final class SlowRelay implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Promise<Void> opened = Promise.promise();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int target;
    private final int port;

    /** @param target a port of the loopback interface */
    public SlowRelay(int target) {
        this(target, "127.0.0.1", 0);
    }

    /** @param address to listen on, of the loopback interface */
    public SlowRelay(int target, String address, int port) {
        this.target = target;
        this.port = ScriptedEndpoint.await(
                        vertx.createNetServer().connectHandler(this::accepted).listen(port, address))
                .actualPort();
    }

    /** How many connections were made to it. */
    public int accepted() {
        return accepted.get();
    }

    public int port() {
        return port;
    }

    public void open() {
        opened.tryComplete();
    }

    @Override
    public void close() {
        ScriptedEndpoint.await(vertx.close());
    }

    private void accepted(NetSocket near) {
        accepted.incrementAndGet();
        near.pause();
        opened.future().compose(open -> client.connect(target, "127.0.0.1")).onSuccess(far -> {
            near.pipeTo(far);
            far.pipeTo(near);
        });
    }
}
