package dev.sluice.ingest;

import dev.sluice.event.Receipt;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** What a producer gets for durable events. Ids are letters and digits: nothing to escape. */
final class Answers {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final int ACCEPTED = 202;

    private Answers() {}

    static void one(HttpServerResponse response, List<Receipt> receipts) {
        write(response, one(receipts.get(0)));
    }

    /** @param rule the setting that kept the event from being stored; letters only */
    static void dropped(HttpServerResponse response, String rule) {
        write(response, new StringBuilder("{\"dropped\":\"").append(rule).append("\"}"));
    }

    static void batch(HttpServerResponse response, List<Receipt> receipts) {
        StringBuilder json = new StringBuilder(16 + 48 * receipts.size()).append("{\"events\":[");
        for (int i = 0; i < receipts.size(); i++) {
            append(i == 0 ? json : json.append(','), receipts.get(i));
        }
        write(response, json.append("]}"));
    }

    static void append(StringBuilder json, Receipt receipt) {
        json.append("{\"id\":\"")
                .append(receipt.id().text())
                .append(receipt.isDuplicate() ? "\",\"duplicate\":true}" : "\"}");
    }

    private static StringBuilder one(Receipt receipt) {
        StringBuilder json = new StringBuilder(64);
        append(json, receipt);
        return json;
    }

    private static void write(HttpServerResponse response, StringBuilder json) {
        if (!response.closed()) {
            response.setStatusCode(ACCEPTED)
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .end(Buffer.buffer(json.toString()));
        }
    }
}
