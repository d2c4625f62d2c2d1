package dev.sluice.statistics;

import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The few webhooks with most attempts of this pod, delivered or not, the latest counting most. A free place is taken at once; one
 * that has a place keeps it for ten minutes, and then until another has more, or until hardly anything happened to it for an hour.
 * So no more names come in ten minutes than there are places. Any thread.
 */
public final class TopWebhooks {
    public static final Duration TURN = Duration.ofMinutes(1);
    static final Duration STAY = Duration.ofMinutes(10);
    /** Webhooks that are compared. Beyond that, those with least make room for others each minute. */
    static final int MOST_KNOWN = 4096;

    private static final Comparator<Map.Entry<String, Contender>> MOST_FIRST = Comparator.comparingDouble(
                    (Map.Entry<String, Contender> one) -> one.getValue().score())
            .reversed();

    private final int places;
    private final TopListener listener;
    private final Ticker ticker;

    // guarded by this
    private final Map<String, Contender> known = new HashMap<>();
    private int shown;

    public TopWebhooks(int places, TopListener listener, Ticker ticker) {
        this.places = places;
        this.listener = listener;
        this.ticker = ticker;
    }

    synchronized void counted(String webhookId, Sums sums) {
        Contender found = known.get(webhookId);
        if (found == null && known.size() >= MOST_KNOWN) {
            return;
        }
        Contender contender = found == null ? new Contender() : found;
        if (found == null) {
            known.put(webhookId, contender);
        }
        if (!contender.isShown() && shown < places) {
            show(webhookId, contender);
        }
        contender.counted(sums);
    }

    /** To be called every {@link #TURN}. */
    public synchronized void turn() {
        known.values().forEach(Contender::age);
        List<Map.Entry<String, Contender>> ranked = new ArrayList<>(known.entrySet());
        ranked.sort(MOST_FIRST);
        long now = ticker.nanos();
        for (int rank = 0; rank < ranked.size(); rank++) {
            Contender contender = ranked.get(rank).getValue();
            boolean isBeaten = rank >= places || contender.isIdle();
            if (contender.isShown() && isBeaten && contender.shownFor(now) >= STAY.toNanos()) {
                hide(ranked.get(rank).getKey(), contender);
            }
        }
        for (int rank = 0; rank < Math.min(places, ranked.size()) && shown < places; rank++) {
            Contender contender = ranked.get(rank).getValue();
            if (!contender.isShown() && !contender.isIdle()) {
                show(ranked.get(rank).getKey(), contender);
            }
        }
        forget(ranked);
    }

    private void show(String webhookId, Contender contender) {
        shown++;
        listener.entered(webhookId, contender.show(ticker.nanos()));
    }

    private void hide(String webhookId, Contender contender) {
        shown--;
        contender.hide();
        listener.left(webhookId);
    }

    /** Half of the room is free for those that were not compared yet. */
    private void forget(List<Map.Entry<String, Contender>> ranked) {
        for (int rank = 0; rank < ranked.size(); rank++) {
            Contender contender = ranked.get(rank).getValue();
            boolean isFar = rank >= MOST_KNOWN / 2 || contender.isIdle();
            if (isFar && !contender.isShown()) {
                known.remove(ranked.get(rank).getKey());
            }
        }
    }

    synchronized int known() {
        return known.size();
    }
}
