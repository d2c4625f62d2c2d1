package dev.sluice.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** What Redis holds of a lane must agree with itself, whenever no script runs. */
final class Books {
    private static final String DUE = ":due:";

    private final SimServer server;
    private final Consumer<String> violation;

    Books(SimServer server, Consumer<String> violation) {
        this.server = server;
        this.violation = violation;
    }

    /** Of all webhooks but these, which are deleted some deliveries at a time. */
    void check(Iterable<String> changed) {
        List<String> keys = server.redis.keys();
        for (String key : keys) {
            int at = key.indexOf(DUE);
            boolean isCertain = at > 0;
            for (String webhook : changed) {
                isCertain &= !key.endsWith(DUE + webhook);
            }
            if (isCertain) {
                String shard = key.substring(0, at);
                String webhook = key.substring(at + DUE.length());
                bytes(shard, webhook);
                keys.stream()
                        .filter(chain -> chain.startsWith(shard + ":chain:" + webhook + ":"))
                        .forEach(chain -> chained(chain, key));
            }
        }
    }

    private void bytes(String shard, String webhook) {
        long held = 0;
        for (Object delivery : list("ZRANGE", shard + DUE + webhook, "0", "-1")) {
            held += number(ask("HGET", shard + ":delivery:" + delivery, "$bytes"));
        }
        long said = number(ask("HGET", shard + ":backlog:" + webhook, "bytes"));
        if (held != said) {
            violation.accept(
                    "%d bytes are parked of %s in %s, and %d are said to be".formatted(held, webhook, shard, said));
        }
    }

    /** Only the first may go, and none is there twice. */
    private void chained(String chain, String due) {
        List<?> all = list("LRANGE", chain, "0", "-1");
        if (new HashSet<>(all).size() < all.size()) {
            violation.accept("%s has one twice: %s".formatted(chain, all));
        }
        for (Object behind : all.subList(1, all.size())) {
            Object at = ask("ZSCORE", due, String.valueOf(behind));
            if (at != null && !"inf".equals(at)) {
                violation.accept("%s of %s is due at %s, behind %s".formatted(behind, chain, at, all.get(0)));
            }
        }
    }

    private Object ask(String... words) {
        return server.redis.execute(List.of(words));
    }

    private List<?> list(String... words) {
        return ask(words) instanceof List<?> list ? list : new ArrayList<>();
    }

    private static long number(Object text) {
        return text == null ? 0 : Long.parseLong(text.toString());
    }
}
