package dev.sluice.delivery.send.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private final AddressRules strict = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::ffff:10.1.2.3",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::808:808",
                "100::1",
                "2001::1",
                "2001:0:808:808:0:0:80ff:fffe",
                "2001:0:7f00:1:0:0:f7f7:f7f7",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:5::1",
                "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::1",
                "2002:c0a8:101::",
                "2606:4700::5efe:7f00:1",
                "2606:4700::200:5efe:a00:1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(strict.permits(bytes(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::808:808",
                "2001:0:808:808:0:0:f7f7:f7f7",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2002:808:808::1",
                "2606:4700:4700::1111",
                "2606:4700::5efe:808:808",
                "2a00:1450:4001:830::200e",
                "3ffe:ffff::1"
            })
    void permitsWhatIsPublic(String address) {
        assertThat(strict.permits(bytes(address))).isTrue();
    }

    /** Of IANA's registries, by their first and last addresses. */
    @ParameterizedTest
    @CsvFileSource(resources = "/iana-special-purpose.csv", numLinesToSkip = 2)
    void refusesWhatTheRegistriesSayIsNotReachableGlobally(String block, boolean isGlobal) {
        Network network = Network.parse(block);
        byte[] first = bytes(block.substring(0, block.indexOf('/')));
        byte[] last = first.clone();
        for (int bit = Integer.parseInt(block, block.indexOf('/') + 1, block.length(), 10);
                bit < 8 * last.length;
                bit++) {
            last[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        assertThat(network.contains(last)).isTrue();
        if (!isGlobal) {
            assertThat(strict.permits(first)).isFalse();
            assertThat(strict.permits(last)).isFalse();
        }
    }

    @Test
    void permitsWhatTheOperatorListsAndNothingBeside() {
        AddressRules rules = new AddressRules(List.of("10.1.0.0/16", "127.0.0.1", "fd00:1::/32", "169.254.0.0/31"));
        assertThat(permitted(rules, "10.1.2.3", "127.0.0.1", "fd00:1:2::3", "169.254.0.1"))
                .isTrue();
        assertThat(rules.permits(bytes("10.2.0.0"))).isFalse();
        assertThat(rules.permits(bytes("127.0.0.2"))).isFalse();
        assertThat(rules.permits(bytes("fd00:2::"))).isFalse();
        assertThat(rules.permits(bytes("169.254.0.2"))).isFalse();
        assertThat(rules.permits(bytes("8.8.8.8"))).isTrue();
    }

    @Test
    void permitsAListedAddressInEveryDisguise() {
        AddressRules rules = new AddressRules(List.of("10.0.0.0/8"));
        assertThat(permitted(rules, "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"))
                .isTrue();
    }

    @Test
    void permitsAllIfToldSo() {
        AddressRules rules = new AddressRules(List.of("0.0.0.0/0", "::/0"));
        assertThat(permitted(rules, "127.0.0.1", "255.255.255.255", "::1", "ff02::1", "2002:7f00:1::"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8x",
                "10.0.0.1/8",
                "::/129",
                "fd00::1/64",
                "10.0.0",
                "/8"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressRules(List.of(text)))
                .withMessageStartingWith("network: " + text + " (expected: ");
    }

    @Test
    void comparesExactlyTheBitsOfThePrefix() {
        SplittableRandom random = new SplittableRandom(4632);
        for (int i = 0; i < 20_000; i++) {
            int bits = random.nextInt(33);
            int mask = bits == 0 ? 0 : -1 << (32 - bits);
            int prefix = random.nextInt() & mask;
            int address = random.nextBoolean() ? random.nextInt() : prefix ^ (1 << random.nextInt(32));
            Network network = Network.parse(NetUtil.intToIpAddress(prefix) + "/" + bits);
            assertThat(network.contains(bytes(NetUtil.intToIpAddress(address))))
                    .as("%s in %s", NetUtil.intToIpAddress(address), network)
                    .isEqualTo((address & mask) == prefix);
        }
    }

    private static boolean permitted(AddressRules rules, String... addresses) {
        for (String address : addresses) {
            assertThat(rules.permits(bytes(address))).as(address).isTrue();
        }
        return true;
    }

    private static byte[] bytes(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        assertThat(bytes).as(address).isNotNull();
        return bytes;
    }
}
