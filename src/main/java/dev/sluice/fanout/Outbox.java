package dev.sluice.fanout;

import dev.sluice.bus.Channel;
import dev.sluice.journal.Entry;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Webhook;
import java.util.ArrayList;
import java.util.List;

/** Collects the matches of one read and sends them as one message to each event loop that has lanes for them. */
public final class Outbox {
    private final int fanout;
    private final Homes homes;
    private final List<Channel<Matches>> lanes;
    private final List<List<Match>> open = new ArrayList<>();

    /**
     * @param fanout the instance to which the lanes answer
     * @param lanes  the inbox of each event loop's lanes, by the loop's number
     */
    public Outbox(int fanout, Homes homes, List<Channel<Matches>> lanes) {
        this.fanout = fanout;
        this.homes = homes;
        this.lanes = lanes;
        lanes.forEach(lane -> open.add(new ArrayList<>()));
    }

    void add(long ticket, Entry entry, List<Webhook> webhooks) {
        if (webhooks.size() == 1) {
            int loop = homes.loopOf(webhooks.get(0).id());
            open.get(loop).add(new Match(ticket, entry.event(), webhooks, entry.epoch()));
            return;
        }
        for (int loop = 0; loop < open.size(); loop++) {
            int here = loop;
            List<Webhook> part = webhooks.stream()
                    .filter(webhook -> homes.loopOf(webhook.id()) == here)
                    .toList();
            if (!part.isEmpty()) {
                open.get(loop).add(new Match(ticket, entry.event(), part, entry.epoch()));
            }
        }
    }

    void flush() {
        for (int loop = 0; loop < open.size(); loop++) {
            if (!open.get(loop).isEmpty()) {
                lanes.get(loop).send(new Matches(fanout, open.get(loop)));
                open.set(loop, new ArrayList<>());
            }
        }
    }
}
