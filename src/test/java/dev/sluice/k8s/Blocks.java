package dev.sluice.k8s;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What an ipBlock of a NetworkPolicy lets through. */
final class Blocks {
    private Blocks() {}

    static boolean lets(JsonObject block, String address) {
        return holds(block.getString("cidr"), address)
                && block.getJsonArray("except", new JsonArray()).stream()
                        .noneMatch(except -> holds((String) except, address));
    }

    private static boolean holds(String network, String address) {
        String[] parts = network.split("/", 2);
        byte[] base = bytes(parts[0]);
        byte[] asked = bytes(address);
        int rest = base.length * 8 - Integer.parseInt(parts[1]);
        return base.length == asked.length
                && new BigInteger(1, base).shiftRight(rest).equals(new BigInteger(1, asked).shiftRight(rest));
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
