package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.send.http.wear.Habit;
import dev.sluice.time.Ticker;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An attempt as it is sent, and the handle by which it is cancelled. Confined to one event loop. */
public final class Request {
    /** A waiter of the pool outlasts the attempt a little, so that the deadline is what ends the attempt. */
    private static final long MORE_MILLIS = 100;

    private final Endpoint endpoint;
    private final MultiMap headers;
    private final Buffer body;
    private final BooleanSupplier mayGoOut;
    /** Those of one attempt have one. */
    private final Course course;

    // confined state
    private @Nullable SocketAddress server;
    private @Nullable ProxyOptions proxy;
    private String awaited = "connection";
    private boolean offersHttp2;
    /** The last of them. */
    private Exchange exchange = new Exchange(null);

    private boolean cancelled;
    /** It was not to go out any more. */
    private boolean withdrawn;
    /** Of those that ask for a connection beside it; null: there are none. */
    private @Nullable Race race;

    private boolean lost;
    /** Whether it offers HTTP/2 as it did, or another of its attempt does, at the address before. */
    private boolean asksToo;

    /** @param body frozen: it may be the body of other requests too */
    public Request(Endpoint endpoint, MultiMap headers, Buffer body, Ticker ticker, long startedAt) {
        this(endpoint, headers, body, new Course(ticker, startedAt), () -> true);
    }

    /** @param mayGoOut asked each time when a connection is there, however long that took */
    public Request(
            Endpoint endpoint, MultiMap headers, Buffer body, Ticker ticker, long startedAt, BooleanSupplier mayGoOut) {
        this(endpoint, headers, body, new Course(ticker, startedAt), mayGoOut);
    }

    private Request(Endpoint endpoint, MultiMap headers, Buffer body, Course course, BooleanSupplier mayGoOut) {
        this.endpoint = endpoint;
        this.headers = headers;
        this.body = body;
        this.course = course;
        this.mayGoOut = mayGoOut;
    }

    /** What is left of the webhook's timeout: the time that it took to write the request counts too. */
    public long leftNanos() {
        return endpoint.timeoutNanos() - course.elapsed();
    }

    /** A name has to be looked up for it. */
    public void looksUp() {
        course.looksUp();
    }

    /** A connection is asked for; answers how long at most it is waited for, as the pool forgets who waited longer. */
    long asks() {
        long now = course.elapsed();
        course.asks(now);
        return Math.max(0, endpoint.timeoutNanos() - now) / 1_000_000 + MORE_MILLIS;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public MultiMap headers() {
        return headers;
    }

    public Buffer body() {
        return body;
    }

    /** The checked address to dial. */
    SocketAddress server() {
        if (server == null) {
            throw new IllegalStateException("server: null (expected: an address that the guard checked)");
        }
        return server;
    }

    /** What it goes through to get there, or null. */
    @Nullable
    ProxyOptions proxy() {
        return proxy;
    }

    public void dial(SocketAddress checked, @Nullable ProxyOptions through) {
        server = checked;
        asksToo |= offersHttp2;
        proxy = through;
    }

    /** The same attempt, for another address. The first of them that has a connection goes out, and no other. */
    public Request rival() {
        Race joint = race == null ? new Race() : race;
        if (race == null) {
            race = joint;
            joint.enter(this);
        }
        Request rival = new Request(endpoint, headers, body, course, mayGoOut);
        rival.asksToo = offersHttp2;
        rival.race = joint;
        joint.enter(rival);
        return rival;
    }

    /** Another of its attempt has a connection. */
    void lose() {
        lost = true;
        cancelled = true;
    }

    /** Whether another of its attempt went out. */
    public boolean isLost() {
        return lost;
    }

    /** Whether one of its attempt went out beside others, which never will. */
    public boolean isDecided() {
        return race != null && race.first() != null;
    }

    /** Whether it is cancelled, and with it all of its attempt that did not go out. */
    public boolean isOver() {
        return cancelled && !lost;
    }

    /** What it waits for before it goes out. */
    public String awaited() {
        lookAtHandshakes();
        Split.Part part = course.part();
        return part == Split.Part.DNS
                ? "address of " + endpoint.host()
                : part == Split.Part.TLS ? "TLS handshake" : awaited;
    }

    public void await(String what) {
        awaited = what;
    }

    /** Whether the next connection is one that offers HTTP/2. */
    void offerHttp2() {
        offersHttp2 = repeats().last() != SentAgain.DOWNGRADED
                && (asksToo || endpoint.negotiation().offersHttp2(course.now()));
    }

    boolean offersHttp2() {
        return offersHttp2;
    }

    /** Before a connection is asked for. */
    void goesTo(Habit server) {
        exchange = new Exchange(server);
    }

    /** The last of them. */
    Exchange exchange() {
        return exchange;
    }

    /** It goes out once more: over HTTP/1.1 on a connection of its own, over HTTP/2 on whichever is there now. */
    void sendAgain(SentAgain reason) {
        course.again(reason);
    }

    Repeats repeats() {
        return course.repeats();
    }

    /** The endpoint wants HTTP/1.1 for this. */
    void wantsHttp1() {
        endpoint.negotiation().failed(course.now());
    }

    /** Says on which connection the request goes out; false: it must not go out on this one, or not any more. */
    boolean sendOn(HttpClientRequest request) {
        long now = course.now();
        exchange.connected(request.connection(), now);
        if (offersHttp2) {
            endpoint.negotiation().negotiated(request.version(), now);
        }
        if (!cancelled && !mayGoOut.getAsBoolean()) {
            withdrawn = true;
            cancel();
        }
        if (exchange.isWorn() || cancelled || (race != null && !race.take(this))) {
            exchange.leave(request);
            return false;
        }
        course.goesOut(now, exchange.line());
        exchange.goesOut(request);
        return true;
    }

    /** The head of the answer is whole. */
    void answerBegins(AnswerBody begun) {
        course.answerBegins();
        exchange.answerBegins(begun);
    }

    /** What is known of the answer if no more of it comes; null before its head is whole. */
    @Nullable
    public Answer answerSoFar() {
        AnswerBody begun = sent().exchange.answer();
        return begun == null ? null : begun.soFar();
    }

    /** Of its attempt the one that went out; itself if none did. */
    private Request sent() {
        Request first = race == null ? null : race.first();
        return first == null ? this : first;
    }

    /** The exchange is over; cancelling has no effect any more. */
    void ended() {
        exchange.lookAtHandshake(endpoint, course);
        exchange.ended();
        if (offersHttp2 && !exchange.isConnected() && !lost) {
            endpoint.negotiation().failed(course.now());
        }
    }

    /** The connection that it shares with others, while it is on it; null on HTTP/1.1. */
    @Nullable
    public HttpConnection sharedConnection() {
        return sent().exchange.sharedConnection();
    }

    /**
     * Closes the HTTP/1 connection or the one that is being made, or resets the HTTP/2 stream; a request that is not sent
     * yet never will be. So it is with all of its attempt.
     */
    public void cancel() {
        if (race == null) {
            cancelAlone();
        } else {
            race.all().forEach(Request::cancelAlone);
        }
    }

    private void cancelAlone() {
        cancelled = true;
        exchange.cut(endpoint);
    }

    /** It waited for so long that it must not go out any more. */
    boolean isWithdrawn() {
        return withdrawn;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public boolean isSent() {
        return sent().exchange.isOut();
    }

    /** @param bodyCut whether there is more of it that did not come */
    public Answer status(
            int code, @Nullable String retryAfter, @Nullable String location, String excerpt, boolean bodyCut) {
        return course.status(code, retryAfter, location, excerpt, bodyCut);
    }

    public Answer failure(Kind kind, String detail) {
        lookAtHandshakes();
        return course.failure(kind, detail);
    }

    private void lookAtHandshakes() {
        if (race == null) {
            exchange.lookAtHandshake(endpoint, course);
        } else {
            race.all().forEach(one -> one.exchange.lookAtHandshake(endpoint, course));
        }
    }
}
