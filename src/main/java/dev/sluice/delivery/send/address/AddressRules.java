package dev.sluice.delivery.send.address;

import java.util.Arrays;
import java.util.List;

/**
 * Which addresses Sluice may call: those of the public internet, and those that the operator lists. Immutable.
 *
 * <p>The refused ranges are those of the IANA special-purpose registries (RFC 6890 and later entries). An IPv6 address
 * that only carries an IPv4 address through a translator is as good as the address it carries: a NAT64 gateway in the
 * network would turn {@code 64:ff9b::a9fe:a9fe} into the metadata service at 169.254.169.254.
 */
public final class AddressRules {
    private static final List<Network> REFUSED_IPV4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local; the clouds' metadata services
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Beyond the global unicast range 2000::/3 nothing is public; the others are special within it. */
    private static final List<Network> REFUSED_IPV6 = networks(
            "::/3", // unspecified, loopback, IPv4-compatible, local NAT64 (64:ff9b:1::/48), discard-only (100::/64)
            "4000::/2",
            "8000::/1", // unique local, link-local, site-local, multicast
            "2001::/23", // protocols: benchmarks, ORCHID, and what is not assigned yet; Teredo is looked into before
            "2001:db8::/32", // documentation
            "3fff::/20");

    private static final Network MAPPED = Network.parse("::ffff:0:0/96");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network TEREDO = Network.parse("2001::/32");

    private final List<Network> allowed;

    /** @throws IllegalArgumentException if one of {@code delivery.allowNetworks} is not a network */
    public AddressRules(List<String> allowNetworks) {
        this.allowed = networks(allowNetworks.toArray(String[]::new));
    }

    /** @param address 4 or 16 bytes */
    public boolean permits(byte[] address) {
        if (MAPPED.contains(address)) {
            return permits(Arrays.copyOfRange(address, 12, 16));
        }
        if (isIn(allowed, address)) {
            return true;
        }
        return address.length == 4 ? !isIn(REFUSED_IPV4, address) : permitsIpv6(address);
    }

    private boolean permitsIpv6(byte[] address) {
        if (NAT64.contains(address)) {
            return permits(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return permits(Arrays.copyOfRange(address, 2, 6));
        }
        if (TEREDO.contains(address)) {
            return permits(Arrays.copyOfRange(address, 4, 8)) && permits(teredoClient(address));
        }
        return !isIn(REFUSED_IPV6, address) && (!isIsatap(address) || permits(Arrays.copyOfRange(address, 12, 16)));
    }

    /** The client's address is written with each bit flipped (RFC 4380 §4). */
    private static byte[] teredoClient(byte[] address) {
        byte[] client = Arrays.copyOfRange(address, 12, 16);
        for (int i = 0; i < client.length; i++) {
            client[i] = (byte) ~client[i];
        }
        return client;
    }

    /** Interface identifier {@code [02]00:5efe} and an IPv4 address (RFC 5214 §6.1). */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & ~0x02) == 0 && address[9] == 0 && address[10] == 0x5e && (address[11] & 0xff) == 0xfe;
    }

    private static boolean isIn(List<Network> networks, byte[] address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::parse).toList();
    }
}
