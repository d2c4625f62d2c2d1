package dev.sluice.journal.redis;

import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.redis.Keys;
import dev.sluice.redis.Script;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The events of one append that may repeat, of one partition: the look-up and the append are one script. */
final class AppendOnce implements Write {
    static final Script SCRIPT = Script.load("lua/journal-append.lua");

    private final int partition;
    private final long windowMillis;
    private final List<Integer> places = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();

    AppendOnce(int partition, long windowMillis) {
        this.partition = partition;
        this.windowMillis = windowMillis;
    }

    void add(int place, String idempotencyKey, Draft draft) {
        places.add(place);
        keys.add(idempotencyKey);
        drafts.add(draft);
    }

    Request request() {
        String name = Partitions.name(partition);
        Request request = Request.cmd(Command.EVALSHA)
                .arg(SCRIPT.sha())
                .arg(1 + keys.size())
                .arg(Keys.events(name));
        MessageDigest digest = sha256();
        for (String key : keys) {
            byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
            request.arg(Keys.dedup(name, HexFormat.of().formatHex(hash, 0, 16)));
        }
        request.arg(windowMillis);
        for (Draft draft : drafts) {
            request.arg(EventFields.count(draft));
            EventFields.write(draft, request);
        }
        return request;
    }

    @Override
    public void read(Response answer, String mark, Receipt[] receipts) {
        for (int i = 0; i < places.size(); i++) {
            String entryId = answer.get(2 * i).toString();
            boolean duplicate = answer.get(2 * i + 1).toInteger() == 1;
            receipts[places.get(i)] = new Receipt(EventIds.of(entryId, partition, mark), duplicate);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
