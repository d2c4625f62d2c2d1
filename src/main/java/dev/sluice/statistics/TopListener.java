package dev.sluice.statistics;

import java.util.Map;
import java.util.function.LongSupplier;

/** Told which webhooks are among the few that are shown by name: never more at once than there are places. */
public interface TopListener {
    /** @param counts of its attempts since then, by what came of them */
    void entered(String webhookId, Map<String, LongSupplier> counts);

    void left(String webhookId);
}
