package dev.sluice.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A forward proxy on a free port of the loopback interface: tunnels {@code CONNECT} (RFC 9110 §9.3.6) to the port that it
 * is told, on loopback whatever the host, and answers every other request itself. Records the heads of what it is asked.
 * Any thread.
 */
public final class ConnectProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final int port;

    public ConnectProxy() {
        port = ScriptedEndpoint.await(
                        vertx.createNetServer().connectHandler(this::accepted).listen(0, "127.0.0.1"))
                .actualPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** With credentials in it. */
    public String url(String userInfo) {
        return "http://" + userInfo + "@127.0.0.1:" + port;
    }

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    private synchronized RecordedRequest record(String head, Buffer body) {
        RecordedRequest request = new RecordedRequest(head, body);
        requests.add(request);
        return request;
    }

    private void accepted(NetSocket near) {
        Buffer received = Buffer.buffer();
        near.exceptionHandler(broken -> {});
        near.handler(bytes -> {
            received.appendBuffer(bytes);
            int end = received.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (end >= 0) {
                near.pause();
                String head = received.getString(0, end, "ISO-8859-1");
                serve(near, record(head, received.getBuffer(end + 4, received.length())));
            }
        });
    }

    private void serve(NetSocket near, RecordedRequest request) {
        String[] words = request.line().split(" ", -1);
        if (!words[0].equals("CONNECT")) {
            near.end(Buffer.buffer("HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nproxy"));
            return;
        }
        int target = Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1));
        client.connect(target, "127.0.0.1")
                .onSuccess(far -> {
                    far.exceptionHandler(broken -> {});
                    near.write("HTTP/1.1 200 Connection established\r\n\r\n");
                    near.pipeTo(far);
                    far.pipeTo(near);
                })
                .onFailure(refused -> near.end(Buffer.buffer("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n")));
    }

    @Override
    public void close() {
        ScriptedEndpoint.await(vertx.close());
    }
}
