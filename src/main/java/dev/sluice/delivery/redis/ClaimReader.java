package dev.sluice.delivery.redis;

import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.fault.Unreadables;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was claimed, of what {@code delivery-claim.lua} answers. Confined to the link's event loop. */
final class ClaimReader {
    /** Of an answer that were claimed. */
    private static final int FIRST = 3;

    private final Bodies bodies;
    private final Holdings holdings;
    private final Unreadables unreadable;

    ClaimReader(Bodies bodies, Holdings holdings, Unreadables unreadable) {
        this.bodies = bodies;
        this.holdings = holdings;
        this.unreadable = unreadable;
    }

    Future<Claim> read(String shard, Response answer, long epoch) {
        Map<String, String> apart = new LinkedHashMap<>();
        for (int i = FIRST; i < answer.size(); i++) {
            Response one = answer.get(i);
            if (one.size() > 3) {
                apart.put(one.get(0).toString(), one.get(3).toString());
            }
        }
        return bodies.find(shard, apart).map(found -> claim(answer, found, epoch));
    }

    /** What cannot be read keeps its place under a lease, and what is behind it of its key waits for it. */
    private Claim claim(Response answer, Map<String, Bodies.Found> found, long epoch) {
        List<Claimed> deliveries = new ArrayList<>();
        for (int i = FIRST; i < answer.size(); i++) {
            Response one = answer.get(i);
            String id = one.get(0).toString();
            Bodies.Found body = found.get(id);
            boolean hasEnded = body != null && body.data() == null && !body.isDelivery();
            Claimed claimed = hasEnded ? null : unreadable.read(id, () -> claimed(id, one, body));
            if (claimed != null) {
                deliveries.add(claimed);
                holdings.claimed(id);
            }
        }
        List<String> coalesced = answer.get(2).stream().map(Response::toString).toList();
        return new Claim(
                deliveries, answer.get(0).toInteger() == 1, answer.get(1).toInteger(), coalesced, epoch);
    }

    private static Claimed claimed(String id, Response one, Bodies.@Nullable Found body) {
        long place = Long.parseLong(one.get(1).toString());
        DeliveryFields fields = DeliveryFields.read(id, one.get(2));
        return body == null ? fields.claimed(id, place) : fields.claimed(id, place, body.data());
    }
}
