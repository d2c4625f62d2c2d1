package dev.sluice.redis.line;

import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a write. Where the commands are for several servers of a cluster, some may be done and others not.
 *
 * @param answers  one for each command, in order; null if it is not known to be done
 * @param behind   for each command what was answered to the one that was sent behind it to the same server; null as well if
 *                 nothing was
 * @param failures why some are not done; none if all are
 */
public record Written(List<@Nullable Response> answers, List<@Nullable Response> behind, List<Throwable> failures) {
    /** Which may be done though this is null, if it was not answered. */
    public @Nullable Response answer(int index) {
        return answers.get(index);
    }

    /** Null if there was nothing to ask. */
    public @Nullable Response behind(int index) {
        return behind.get(index);
    }
}
