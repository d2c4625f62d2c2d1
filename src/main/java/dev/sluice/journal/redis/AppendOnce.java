package dev.sluice.journal.redis;

import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import dev.sluice.event.Receipt;
import dev.sluice.redis.Keys;
import dev.sluice.redis.Script;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The events of one append that may repeat, of one partition: the look-up and the append are one script. */
final class AppendOnce implements AppendPlan.Write {
    static final Script SCRIPT = Script.load("lua/journal-append.lua");
    private static final Receipt.Fate[] FATES = {Receipt.Fate.STORED, Receipt.Fate.DUPLICATE, Receipt.Fate.CONFLICT};
    private static final int ELSEWHERE = 3;

    /**
     * Redis does nothing else while a script runs; so many events take some milliseconds. A request of so many is not cut,
     * so that it may come on top.
     */
    static final int MOST = 1000;

    private final int partition;
    private final long windowMillis;
    private final List<Integer> places = new ArrayList<>();
    private final List<Identity> identities = new ArrayList<>();
    private final List<Layout.Says> says = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();

    AppendOnce(int partition, long windowMillis) {
        this.partition = partition;
        this.windowMillis = windowMillis;
    }

    boolean isFull() {
        return drafts.size() >= MOST;
    }

    void add(int place, Identity identity, Layout.Says who, int number, Draft draft) {
        places.add(place);
        identities.add(identity);
        says.add(who);
        numbers.add(number);
        drafts.add(draft);
    }

    Request request() {
        String name = Partitions.name(partition);
        List<String> keys = new ArrayList<>(1 + identities.size());
        keys.add(Keys.events(name));
        MessageDigest digest = sha256();
        for (Identity identity : identities) {
            keys.add(key(name, identity.key(), digest));
        }
        Request request = SCRIPT.on(keys).request();
        request.arg(windowMillis);
        for (int i = 0; i < drafts.size(); i++) {
            String content = identities.get(i).digest();
            request.arg(content == null ? "" : content);
            request.arg(says.get(i).code);
            request.arg(numbers.get(i));
            request.arg(EventFields.count(drafts.get(i)));
            EventFields.write(drafts.get(i), request);
        }
        return request;
    }

    @Override
    public void read(Response answer, String mark, Receipts receipts) {
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            if (isElsewhere(answer, i)) {
                receipts.leaveOut(place, place + 1, new Elsewhere());
            } else {
                receipts.put(place, receipt(answer, i, partition, mark));
            }
        }
    }

    /**
     * Others place the name by more partitions than are known here, or it ran out where it was found: {@link FormerPlaces}.
     */
    static boolean isElsewhere(Response answer, int index) {
        return answer.get(2 * index + 1).toInteger() == ELSEWHERE;
    }

    /** Why nothing was stored. */
    static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1;

        Elsewhere() {
            super("the name has another place by now, as there are more partitions", null, false, false);
        }
    }

    /** What the script says of its event at {@code index}. */
    static Receipt receipt(Response answer, int index, int partition, String mark) {
        String entryId = answer.get(2 * index).toString();
        Receipt.Fate fate = FATES[answer.get(2 * index + 1).toInteger()];
        return new Receipt(EventIds.of(entryId, partition, mark), fate);
    }

    /** Where a name is kept in a partition. */
    static String key(String partition, String name) {
        return key(partition, name, sha256());
    }

    private static String key(String partition, String name, MessageDigest digest) {
        byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
        return Keys.dedup(partition, HexFormat.of().formatHex(hash, 0, 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
