package dev.sluice.source;

import dev.sluice.source.place.FormFields;
import dev.sluice.source.signature.Knock;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lets in whom no header does. */
final class OtherSenders {
    private OtherSenders() {}

    /**
     * Who knows the URL: it ends with a secret, or has it in its query.
     *
     * @param parameter of the query
     */
    record UrlSecret(String secretValue, String parameter) implements SenderAuth {
        static final String PARAMETER = "token";

        @Override
        public Entry judge(Knock knock) {
            byte[] expected = secretValue.getBytes(StandardCharsets.UTF_8);
            String behind = knock.secret() == null ? "" : knock.secret();
            String query = knock.query() == null ? "" : knock.query();
            String asked = FormFields.parse(query, "the query").getOrDefault(parameter, "");
            boolean isInPath = MessageDigest.isEqual(expected, behind.getBytes(StandardCharsets.UTF_8));
            boolean isInQuery = MessageDigest.isEqual(expected, asked.getBytes(StandardCharsets.UTF_8));
            return isInPath || isInQuery ? Entry.OPEN : Entry.Closed.without(expected());
        }

        @Override
        public boolean isByUrl() {
            return true;
        }

        @Override
        public String expected() {
            return "the source's secret behind the path of the URL, or in its query as " + parameter;
        }

        @Override
        public String type() {
            return "url";
        }

        @Override
        public Secret secret() {
            return new Secret("secret", secretValue);
        }

        @Override
        public JsonObject open() {
            return new JsonObject().put("parameter", parameter);
        }

        @Override
        public String toString() {
            return "UrlSecret[***]";
        }
    }

    /** Anybody, where this gateway has been told that this may be; else it is for the gate to say, as without it. */
    record Anybody() implements SenderAuth {
        @Override
        public Entry judge(Knock knock) {
            return knock.mayBeAnybody()
                    ? Entry.OPEN
                    : new Entry.Closed(List.of("anybody, only once access.openSources is true"));
        }

        @Override
        public boolean isByKey() {
            return true;
        }

        @Override
        public String expected() {
            return "nothing, once access.openSources is true";
        }

        @Override
        public String type() {
            return "none";
        }
    }

    /** A network as it is written (CIDR), and as it is asked. Equal if it is written alike. */
    static final class Network {
        private final String text;
        private final IpSubnetFilterRule rule;

        private Network(String text, IpSubnetFilterRule rule) {
            this.text = text;
            this.rule = rule;
        }

        /** Null for what is none. */
        static @Nullable Network read(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
                return null;
            }
            try {
                int bits = NetUtil.isValidIpV4Address(address) ? 32 : 128;
                int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                InetAddress first = InetAddress.getByName(address);
                return new Network(text, new IpSubnetFilterRule(first, prefix, IpFilterRuleType.ACCEPT));
            } catch (UnknownHostException | IllegalArgumentException notANetwork) {
                return null;
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Network that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Who calls from one of these: of a connection, whatever a header says of it. */
    record Networks(List<Network> networks) implements SenderAuth {
        Networks {
            networks = List.copyOf(networks);
        }

        /** @throws IllegalArgumentException for what is no network */
        static Networks of(List<String> texts) {
            List<Network> networks = new ArrayList<>();
            for (String text : texts) {
                Network network = Network.read(text);
                if (network == null) {
                    throw new IllegalArgumentException("network: %s (expected: CIDR)".formatted(text));
                }
                networks.add(network);
            }
            return new Networks(networks);
        }

        @Override
        public Entry judge(Knock knock) {
            if (!NetUtil.isValidIpV4Address(knock.remote()) && !NetUtil.isValidIpV6Address(knock.remote())) {
                return Entry.Closed.without(expected());
            }
            InetSocketAddress remote = new InetSocketAddress(knock.remote(), 0);
            boolean isWithin = networks.stream().anyMatch(network -> network.rule.matches(remote));
            return isWithin
                    ? Entry.OPEN
                    : new Entry.Closed(List.of("the address it came from is none of the source's networks"));
        }

        @Override
        public String expected() {
            return "an address of the source's networks";
        }

        @Override
        public String type() {
            return "networks";
        }

        @Override
        public JsonObject open() {
            return new JsonObject()
                    .put(
                            "networks",
                            new JsonArray(
                                    networks.stream().map(Network::toString).toList()));
        }
    }

    /** Whoever one of these lets in. */
    record AnyOf(List<SenderAuth> all) implements SenderAuth {
        AnyOf {
            all = List.copyOf(all);
        }

        @Override
        public Entry judge(Knock knock) {
            List<BodyJudge> judges = new ArrayList<>();
            List<String> reasons = new ArrayList<>();
            for (SenderAuth one : all) {
                Entry entry = one.judge(knock);
                if (entry instanceof Entry.Open) {
                    return entry;
                }
                if (entry instanceof Entry.AfterBody after) {
                    judges.addAll(after.judges());
                } else if (entry instanceof Entry.Closed closed) {
                    reasons.addAll(closed.reasons());
                }
            }
            return judges.isEmpty() ? new Entry.Closed(reasons) : new Entry.AfterBody(judges, reasons);
        }

        @Override
        public boolean isByUrl() {
            return all.stream().anyMatch(SenderAuth::isByUrl);
        }

        @Override
        public boolean looks() {
            return all.stream().anyMatch(SenderAuth::looks);
        }

        @Override
        public boolean isByKey() {
            return all.stream().allMatch(SenderAuth::isByKey);
        }

        @Override
        public List<String> secrets() {
            return all.stream().flatMap(one -> one.secrets().stream()).toList();
        }

        @Override
        public Set<String> credentials() {
            Set<String> names = new HashSet<>();
            all.forEach(one -> names.addAll(one.credentials()));
            return names;
        }

        @Override
        public String expected() {
            return String.join("; or ", all.stream().map(SenderAuth::expected).toList());
        }

        @Override
        public String type() {
            return "any";
        }
    }
}
