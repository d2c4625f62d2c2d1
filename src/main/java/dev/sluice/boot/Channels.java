package dev.sluice.boot;

import dev.sluice.bus.Bus;
import dev.sluice.bus.Channel;
import dev.sluice.bus.Exchange;
import dev.sluice.event.Append;
import dev.sluice.event.Appended;
import dev.sluice.event.Settled;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.WebhookChanged;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every address on the bus. Lists are by the number of the event loop.
 *
 * @param fanouts of the free partitions by loop, and behind them those of the keyed ones by loop
 */
record Channels(
        List<Exchange<Append, Appended>> appends,
        List<Channel<Matches>> lanes,
        List<Channel<Settled>> fanouts,
        Channel<WebhookChanged> changes) {

    Channels(Bus bus, int loops) {
        this(
                IntStream.range(0, loops)
                        .mapToObj(loop -> bus.<Append, Appended>exchange("journal.append." + loop))
                        .toList(),
                IntStream.range(0, loops)
                        .mapToObj(loop -> bus.<Matches>channel("delivery.place." + loop))
                        .toList(),
                IntStream.range(0, 2 * loops)
                        .mapToObj(fanout -> bus.<Settled>channel("fanout.settled." + fanout))
                        .toList(),
                bus.channel("webhook.changed"));
    }
}
