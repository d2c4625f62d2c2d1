package dev.sluice.source.sns;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.source.place.Moment;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at messages of SNS, and confirms what is confirmed. To be called on an event loop; any of them. */
public final class SnsDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SnsDesk.class);
    /** SNS tries for an hour at most; the clocks of both sides count. */
    private static final Duration OLDEST = Duration.ofHours(2);

    private static final int SOON = 30;
    private static final String ELSEWHERE =
            "not one of SNS (expected: at sns.REGION.amazonaws.com, the region of the topic)";

    private final Outside outside;
    private final SnsCertificates certificates;
    private final Allowance confirmations;

    public SnsDesk(Outside outside, Ticker ticker) {
        this.outside = outside;
        this.certificates = new SnsCertificates(outside, ticker);
        this.confirmations = new Allowance(ticker);
    }

    /**
     * Null if it is a message of one of the topics; a confirmation is confirmed by then.
     *
     * <p>Fails with a {@link ProblemException} 503 where what is outside cannot be had: SNS tries again.
     */
    public Future<@Nullable String> refusal(Buffer body, List<String> topics, Instant now) {
        SnsMessage message = SnsMessage.read(body);
        if (message == null) {
            return Future.succeededFuture(
                    "the body: no message of Amazon SNS (expected: its JSON; raw message delivery is not signed)");
        }
        String problem = problem(message, topics, now);
        if (problem != null) {
            return Future.succeededFuture(problem);
        }
        URI url = SnsAddress.certificate(message.get("SigningCertURL"), message.get("TopicArn"));
        if (url == null) {
            return Future.succeededFuture("/SigningCertURL: " + ELSEWHERE);
        }
        return certificates
                .at(url)
                .recover(failure -> Future.failedFuture(unavailable("the certificate: " + failure.getMessage())))
                .compose(certificate ->
                        Vertx.currentContext().executeBlocking(() -> refusal(message, certificate, now), false))
                .compose(wrong ->
                        wrong == null && message.isConfirmation() ? confirmed(message) : Future.succeededFuture(wrong));
    }

    private static @Nullable String problem(SnsMessage message, List<String> topics, Instant now) {
        if (!topics.contains(String.valueOf(message.get("TopicArn")))) {
            return "/TopicArn: not a topic of this source";
        }
        String time = message.get("Timestamp");
        Instant at = time == null ? null : Moment.read(time);
        boolean isLate = at == null || Duration.between(at, now).abs().compareTo(OLDEST) > 0;
        return isLate ? "/Timestamp: not of the last two hours (expected: so)" : message.problem();
    }

    private static @Nullable String refusal(SnsMessage message, X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateException outOfDate) {
            return "/SigningCertURL: a certificate that is not valid now";
        }
        PublicKey key = certificate.getPublicKey();
        boolean isSigned = key.getAlgorithm().equals("RSA") && message.isSignedBy(key);
        return isSigned ? null : "/Signature does not match: it is not that of SNS, of this message";
    }

    private Future<@Nullable String> confirmed(SnsMessage message) {
        URI url = SnsAddress.confirmation(message.get("SubscribeURL"), message.get("TopicArn"));
        if (url == null) {
            return Future.succeededFuture("/SubscribeURL: " + ELSEWHERE);
        }
        if (!confirmations.take()) {
            return Future.failedFuture(unavailable("the confirmation: too many others were asked for"));
        }
        return outside.get(url)
                .onSuccess(done -> LOG.atInfo()
                        .addKeyValue("topic", message.get("TopicArn"))
                        .log("the subscription of a topic is confirmed"))
                .onFailure(away -> LOG.atWarn()
                        .addKeyValue("topic", message.get("TopicArn"))
                        .addKeyValue("reason", away.getMessage())
                        .log("the subscription of a topic could not be confirmed"))
                .recover(away -> Future.failedFuture(unavailable("the confirmation: " + away.getMessage())))
                .map((String) null);
    }

    private static ProblemException unavailable(String what) {
        return Problem.of(
                        503,
                        "unavailable",
                        "Not available now",
                        what + " (expected: an answer of SNS; nothing was stored, send it again)")
                .withRetryAfter(SOON)
                .asException();
    }
}
