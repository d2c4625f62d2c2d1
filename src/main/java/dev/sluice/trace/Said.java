package dev.sluice.trace;

/** Names of what spans say: those of OpenTelemetry's conventions where there is one. */
final class Said {
    static final String EVENT = "sluice.event.id";
    static final String TYPE = "sluice.event.type";
    static final String TENANT = "sluice.tenant";
    static final String WEBHOOKS = "sluice.webhooks";
    static final String WEBHOOK = "sluice.webhook.id";
    static final String NUMBER = "sluice.attempt.number";
    static final String AGAIN = "sluice.attempt.sent_again";
    static final String HOST = "server.address";
    static final String METHOD = "http.request.method";
    static final String STATUS = "http.response.status_code";
    static final String ERROR = "error.type";

    private Said() {}
}
