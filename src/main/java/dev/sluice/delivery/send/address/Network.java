package dev.sluice.delivery.send.address;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A range of IPv4 or IPv6 addresses. */
final class Network {
    /** 4 or 16 bytes; those beyond {@link #bits} are zero. */
    private final byte[] prefix;

    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException if it is neither, or if bits beyond the prefix are set
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw refusal(text);
        }
        int bits = slash < 0 ? address.length * 8 : bits(text, slash + 1, address.length * 8);
        Network network = new Network(address, bits);
        if (!network.isZeroBeyondPrefix()) {
            throw refusal(text);
        }
        return network;
    }

    private static int bits(String text, int from, int most) {
        try {
            int bits = Integer.parseInt(text, from, text.length(), 10);
            if (bits >= 0 && bits <= most) {
                return bits;
            }
        } catch (NumberFormatException notANumber) {
            throw refusal(text);
        }
        throw refusal(text);
    }

    private static IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException(
                "network: %s (expected: an address, or a range such as 10.0.0.0/8 or fd00::/8)".formatted(text));
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    private boolean isZeroBeyondPrefix() {
        for (int bit = bits; bit < prefix.length * 8; bit++) {
            if ((prefix[bit / 8] & 0x80 >>> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(prefix) + "/" + bits;
    }
}
