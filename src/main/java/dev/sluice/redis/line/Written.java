package dev.sluice.redis.line;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a write. Where the commands are for several servers of a cluster, some may be done and others not.
 *
 * @param answers  one for each command, in order; null for those that are missing
 * @param behind   for each command what was answered to the one that was sent behind it to the same server; null if none was
 * @param missing  places of the commands that are not known to be done
 * @param failures why they are not; none if all are done
 */
public record Written(
        List<Response> answers, List<@Nullable Response> behind, BitSet missing, List<Throwable> failures) {
    private static final BitSet NONE = new BitSet(0);

    /** All are done. */
    public Written(List<Response> answers, List<@Nullable Response> behind) {
        this(answers, behind, NONE, List.of());
    }

    public boolean isDone(int index) {
        return !missing.get(index);
    }

    /** Of one that is done; null if that is what Redis answers. */
    public Response answer(int index) {
        return answers.get(index);
    }

    /** Null if there was nothing to ask. */
    public @Nullable Response behind(int index) {
        return behind.get(index);
    }

    /** With the answers that came later to those that had none. */
    public Written with(Written later) {
        List<Response> all = new ArrayList<>(answers);
        BitSet left = new BitSet();
        int next = 0;
        for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
            all.set(i, later.answer(next));
            left.set(i, !later.isDone(next));
            next++;
        }
        return new Written(all, behind, left, later.failures());
    }
}
