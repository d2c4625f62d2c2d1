package dev.sluice.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** A server of DNS that knows one address for whatever it is asked, and may fail. A pod asks it through {@link OwnNames}. Any thread. */
public final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int SECONDS_TO_LIVE = 1;

    /** How it answers. */
    public enum Manner {
        ANSWERS(0),
        /** SERVFAIL. */
        FAILS(2),
        SAYS_NOTHING(0);

        private final int code;

        Manner(int code) {
            this.code = code;
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final DatagramSocket socket = vertx.createDatagramSocket();

    // read by the event loop
    private volatile Manner manner = Manner.ANSWERS;
    private volatile String address;

    public NameServer(String address) {
        this.address = address;
        socket.handler(this::asked);
        ScriptedEndpoint.await(socket.listen(0, "127.0.0.1"));
    }

    /** As {@link OwnNames} wants it. */
    public String at() {
        return "127.0.0.1:" + socket.localAddress().port();
    }

    public void know(String address) {
        this.address = address;
    }

    public void become(Manner next) {
        manner = next;
    }

    private void asked(DatagramPacket packet) {
        Manner now = manner;
        if (now != Manner.SAYS_NOTHING) {
            SocketAddress from = packet.sender();
            socket.send(answer(packet.data(), now), from.port(), from.host());
        }
    }

    /** The question again, and an address if it is of IPv4 that was asked. */
    private Buffer answer(Buffer query, Manner now) {
        int end = HEADER;
        while (query.getByte(end) != 0) {
            end += query.getByte(end) + 1;
        }
        int type = query.getUnsignedShort(end + 1);
        boolean isKnown = now == Manner.ANSWERS && type == TYPE_A;
        Buffer answer = Buffer.buffer()
                .appendBuffer(query.getBuffer(0, 2))
                .appendShort((short) (0x8180 | now.code)) // a response; recursion is wanted, and there is
                .appendShort((short) 1)
                .appendShort((short) (isKnown ? 1 : 0))
                .appendInt(0)
                .appendBuffer(query.getBuffer(HEADER, end + 5));
        if (isKnown) {
            answer.appendShort((short) 0xC00C) // the name of the question
                    .appendShort((short) TYPE_A)
                    .appendShort((short) 1)
                    .appendInt(SECONDS_TO_LIVE)
                    .appendShort((short) 4)
                    .appendBytes(octets(address));
        }
        return answer;
    }

    private static byte[] octets(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException wrong) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s (expected: an address of IPv4)", address), wrong);
        }
    }

    @Override
    public void close() {
        ScriptedEndpoint.await(vertx.close());
    }
}
