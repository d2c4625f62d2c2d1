package dev.sluice.system.redis;

import dev.sluice.fault.Unreadables;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.system.Card;
import dev.sluice.system.Cards;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One hash, written by Redis' clock. */
public final class RedisCards implements Cards {
    private static final Script SHOW = Script.load("lua/system-show.lua").evenWhenFull();
    private static final Script LOOK = Script.load("lua/system-look.lua");
    private static final Duration KEPT = Duration.ofHours(1);

    private final RedisLink link;
    private final Unreadables unreadable;

    public RedisCards(RedisLink link) {
        this.link = link;
        this.unreadable = link.faults().unreadable("card of a pod");
    }

    @Override
    public Future<Void> show(Card card) {
        return link.call(SHOW.on(Keys.CARDS).with(card.pod(), CardText.write(card), KEPT.toMillis()))
                .mapEmpty();
    }

    @Override
    public Future<Void> remove(String pod) {
        return link.send(Request.cmd(Command.HDEL).arg(Keys.CARDS).arg(pod)).mapEmpty();
    }

    @Override
    public Future<List<Seen>> all() {
        return link.call(LOOK.on(Keys.CARDS)).map(this::seen);
    }

    /** @param answer pod, age in ms, card, pod, … */
    private List<Seen> seen(Response answer) {
        List<Seen> found = new ArrayList<>();
        for (int i = 0; i + 2 < answer.size(); i += 3) {
            String pod = answer.get(i).toString();
            Duration age = Duration.ofMillis(answer.get(i + 1).toLong());
            String text = answer.get(i + 2).toString();
            Card card = unreadable.read(pod, () -> CardText.read(pod, text));
            if (card != null) {
                found.add(new Seen(card, age));
            }
        }
        found.sort(Comparator.comparing(one -> one.card().pod()));
        return found;
    }
}
