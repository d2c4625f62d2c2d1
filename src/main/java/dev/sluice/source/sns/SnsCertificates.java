package dev.sluice.source.sns;

import dev.sluice.subscription.Pem;
import dev.sluice.time.Ticker;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.FileNotFoundException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The certificates of SNS: each is asked for once, by whoever needs it first. Any thread; answers come on the caller's context. */
final class SnsCertificates {
    /** More than SNS has in use in all regions. */
    private static final int MOST_KEPT = 200;

    private final Outside outside;
    private final Ticker ticker;
    private final Allowance allowance;
    private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();
    /** No more than the allowance lets through. */
    private final Map<URI, Future<X509Certificate>> underWay = new ConcurrentHashMap<>();
    /** When it was found that nothing is there; no more than the allowance lets through in two minutes. */
    private final Map<URI, Long> absent = new ConcurrentHashMap<>();

    SnsCertificates(Outside outside, Ticker ticker) {
        this.outside = outside;
        this.ticker = ticker;
        this.allowance = new Allowance(ticker);
    }

    /** Fails, with a message for a person, for what cannot be had. */
    Future<X509Certificate> at(URI url) {
        X509Certificate certificate = known.get(url);
        if (certificate != null) {
            return Future.succeededFuture(certificate);
        }
        if (isAbsent(url)) {
            return Future.failedFuture("%s was not there within the last minute".formatted(url));
        }
        Promise<X509Certificate> flight = Promise.promise();
        Future<X509Certificate> other = underWay.putIfAbsent(url, flight.future());
        if (other != null) {
            return here(other);
        }
        ask(url).onComplete(answer -> {
            keep(url, answer);
            underWay.remove(url);
            flight.handle(answer);
        });
        return flight.future();
    }

    private Future<X509Certificate> ask(URI url) {
        return allowance.take()
                ? outside.get(url).map(pem -> Pem.certificates(pem).get(0))
                : Future.failedFuture("too many others were asked for");
    }

    private void keep(URI url, AsyncResult<X509Certificate> answer) {
        if (answer.succeeded() && known.size() < MOST_KEPT) {
            known.put(url, answer.result());
        }
        if (answer.cause() instanceof FileNotFoundException) {
            long now = ticker.nanos();
            absent.values().removeIf(at -> now - at >= Allowance.MINUTE);
            absent.put(url, now);
        }
    }

    private boolean isAbsent(URI url) {
        Long at = absent.get(url);
        return at != null && ticker.nanos() - at < Allowance.MINUTE;
    }

    /** What somebody asked for on another context. */
    private static <T> Future<T> here(Future<T> other) {
        @Nullable Context home = Vertx.currentContext();
        if (home == null) {
            return other;
        }
        Promise<T> answer = Promise.promise();
        other.onComplete(result -> home.runOnContext(back -> answer.handle(result)));
        return answer.future();
    }
}
