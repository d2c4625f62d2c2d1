package dev.sluice.delivery.send.token;

import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of one client, and when to ask for another. Confined to one context.
 *
 * <p>At most one request is under way, and whoever needs a token meanwhile waits for it. A token is refreshed while it
 * is still good, and goes on being given out until the new one is there. After a failure nothing is asked for a while
 * that doubles with each failure; those who come in that time get the failure.
 */
final class ClientToken {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** How early a token is refreshed: a minute, but not more than a fifth of its life. */
    private static final long REFRESH_EARLY = 60 * SECOND;
    /** How early a token counts as gone: it has to arrive, too. */
    private static final long GONE_EARLY = 5 * SECOND;

    private static final long FIRST_PAUSE = 2 * SECOND;
    private static final long LONGEST_PAUSE = 60 * SECOND;
    /** An endpoint that refuses every token must not become a request for each of its attempts. */
    private static final long BETWEEN_DROPS = 60 * SECOND;

    private final Supplier<Future<TokenAnswer>> server;
    private final Ticker ticker;

    // confined state
    private Granted last = new Granted.Denied("no token was asked for yet");
    private @Nullable Future<Granted> asked;
    /** Times of the ticker; they mean something where {@link #last} is a token. */
    private long refreshAt;

    private long goneAt;
    private long askAgainAt;
    private long droppableAt;
    private int failures;

    ClientToken(Supplier<Future<TokenAnswer>> server, Ticker ticker) {
        this.server = server;
        this.ticker = ticker;
        this.askAgainAt = ticker.nanos();
        this.droppableAt = ticker.nanos();
    }

    Future<Granted> get() {
        long now = ticker.nanos();
        boolean isToken = last instanceof Granted.Token;
        if (isToken && now - refreshAt < 0) {
            return Future.succeededFuture(last);
        }
        if (asked == null && now - askAgainAt >= 0) {
            ask(now);
        }
        boolean isGood = last instanceof Granted.Token && now - goneAt < 0;
        return isGood || asked == null ? Future.succeededFuture(current(now)) : asked;
    }

    /** What there is without asking; a token that is gone is none. */
    private Granted current(long now) {
        boolean gone = last instanceof Granted.Token && now - goneAt >= 0;
        return gone ? new Granted.Denied("the token has expired, and there is no other yet") : last;
    }

    private void ask(long now) {
        Future<Granted> answer = server.get().map(came -> settle(came, now));
        if (!answer.isComplete()) {
            asked = answer;
        }
    }

    private Granted settle(TokenAnswer came, long askedAt) {
        asked = null;
        boolean refreshFailed = last instanceof Granted.Token && came.granted() instanceof Granted.Denied;
        if (came.granted() instanceof Granted.Token) {
            long life = came.lifetime().toNanos();
            refreshAt = askedAt + life - Math.min(REFRESH_EARLY, life / 5);
            goneAt = askedAt + life - Math.min(GONE_EARLY, life / 10);
            failures = 0;
            askAgainAt = askedAt;
        } else {
            askAgainAt = ticker.nanos() + Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 10));
            failures++;
        }
        boolean keepsTheOld = refreshFailed && ticker.nanos() - goneAt < 0;
        last = keepsTheOld ? last : came.granted();
        return came.granted();
    }

    /** An endpoint did not take this token. */
    void refused(Granted.Token token) {
        long now = ticker.nanos();
        if (token.equals(last) && now - droppableAt >= 0) {
            last = new Granted.Denied("the endpoint refused the token, and there is no other yet");
            droppableAt = now + BETWEEN_DROPS;
            askAgainAt = now;
        }
    }
}
