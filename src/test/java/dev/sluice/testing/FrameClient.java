package dev.sluice.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A client that speaks HTTP/2 in the clear and writes whatever a test says, right or wrong. Another thread reads all that comes,
 * so that the server never waits for this; the test thread alone writes.
 */
public final class FrameClient implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final List<Frame> received = new ArrayList<>();
    private boolean ended;

    public record Frame(int type, int flags, int stream, byte[] payload) {
        /** Of a GOAWAY or a RST_STREAM. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    public FrameClient(int port) {
        this(port, true);
    }

    /** One that reads nothing of what comes. */
    public static FrameClient deaf(int port) {
        return new FrameClient(port, false);
    }

    private FrameClient(int port, boolean reads) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        if (reads) {
            Thread reader = new Thread(this::read, "frames");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** The preface and settings that change nothing. */
    public FrameClient greet() {
        send(PREFACE);
        send(frame(SETTINGS, 0, 0));
        return this;
    }

    /** False: the server ended the connection. */
    public boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException over) {
            return false;
        }
    }

    public static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    public static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** A field that no table remembers. */
    public static byte[] field(String name, String value) {
        return all(new byte[] {0}, text(name), text(value));
    }

    /** A field that the server's table remembers, as its newest, which {@link #NEWEST} stands for. */
    public static byte[] remembered(String name, String value) {
        return all(new byte[] {0x40}, text(name), text(value));
    }

    /** Index 62 of HPACK. */
    public static final byte NEWEST = (byte) (0x80 | 62);

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int rest = bytes.length;
        if (rest < 127) {
            all.write(rest);
        } else {
            all.write(127);
            rest -= 127;
            while (rest >= 128) {
                all.write(rest % 128 + 128);
                rest /= 128;
            }
            all.write(rest);
        }
        all.writeBytes(bytes);
        return all.toByteArray();
    }

    /** The fields of a POST of JSON to the path. */
    public static byte[] post(String path) {
        return all(
                field(":method", "POST"),
                field(":scheme", "http"),
                field(":authority", "localhost"),
                field(":path", path),
                field("content-type", "application/json"));
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int first = in.read(); first >= 0; first = in.read()) {
                int length = first << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                add(new Frame(type, flags, stream, payload));
            }
        } catch (IOException over) {
            // told below
        }
        end();
    }

    private synchronized void add(Frame frame) {
        if (frame.type() != SETTINGS && frame.type() != PING && frame.type() != WINDOW_UPDATE) {
            received.add(frame);
        }
    }

    private synchronized void end() {
        ended = true;
    }

    /** Of the frames that came, but for those about the connection alone. */
    public synchronized List<Frame> received() {
        return List.copyOf(received);
    }

    /** Waits for a frame of the type. */
    public Frame await(int type) {
        patiently().until(() -> find(type).isPresent() || hasEnded());
        return find(type)
                .orElseThrow(
                        () -> new IllegalStateException("no frame of type %d, but %s".formatted(type, received())));
    }

    private synchronized Optional<Frame> find(int type) {
        return received.stream().filter(frame -> frame.type() == type).findFirst();
    }

    /** Waits until the server ends the connection. */
    public void awaitEnd() {
        patiently().until(this::hasEnded);
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (SocketException over) {
            // as wanted
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
