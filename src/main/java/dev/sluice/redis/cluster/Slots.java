package dev.sluice.redis.cluster;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The slot of a key: CRC16 of its hash tag, or of all of it if it has none.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis Cluster specification</a>,
 *     key distribution model and hash tags
 */
public final class Slots {
    public static final int COUNT = 16_384;

    /** Of a command without a key: any server can do it. */
    static final int ANY = -1;

    /** CRC-16/XMODEM, the polynomial of the specification. */
    private static final int POLYNOMIAL = 0x1021;

    /** Of these it does not know that the key stands behind what is to be done. */
    private static final Set<Command> BEHIND_A_WORD = Set.of(Command.XGROUP, Command.XINFO);

    private static final int[] TABLE = table();

    private Slots() {}

    public static int of(String key) {
        return of(key.getBytes(StandardCharsets.UTF_8));
    }

    /** All keys of a command share a slot, so the first one says it. The client knows where each command has its keys. */
    static int of(Request request) {
        RequestImpl known = (RequestImpl) request;
        if (BEHIND_A_WORD.contains(known.command())) {
            return of(known.getArgs().get(1));
        }
        List<byte[]> keys = known.keys();
        return keys.isEmpty() ? ANY : of(keys.get(0));
    }

    private static int of(byte[] key) {
        int open = indexOf(key, '{', 0);
        int close = open < 0 ? -1 : indexOf(key, '}', open + 1);
        return close <= open + 1 ? crc(key, 0, key.length) : crc(key, open + 1, close);
    }

    private static int indexOf(byte[] key, char wanted, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int crc(byte[] key, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = ((crc << 8) ^ TABLE[((crc >>> 8) ^ key[i]) & 0xff]) & 0xffff;
        }
        return crc % COUNT;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[i] = crc & 0xffff;
        }
        return table;
    }
}
