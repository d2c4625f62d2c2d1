package dev.sluice.playground;

import dev.sluice.http.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Requests and behaviours in JSON. */
final class ReceiptViews {
    private ReceiptViews() {}

    static JsonObject view(String receiver, Behaviour behaviour, List<Receipt> receipts) {
        JsonArray requests = new JsonArray();
        receipts.forEach(receipt -> requests.add(view(receipt)));
        return new JsonObject()
                .put("name", receiver)
                .put("answer", view(behaviour))
                .put("requests", requests);
    }

    static JsonObject view(Behaviour behaviour) {
        return new JsonObject()
                .put("silent", behaviour.isSilent())
                .put("status", behaviour.isSilent() ? null : behaviour.status())
                .put("delayMs", behaviour.delay().toMillis())
                .put("retryAfter", behaviour.retryAfter() == 0 ? null : behaviour.retryAfter());
    }

    private static JsonObject view(Receipt receipt) {
        JsonArray headers = new JsonArray();
        receipt.headers()
                .forEach(header -> headers.add(
                        new JsonObject().put("name", header.getKey()).put("value", header.getValue())));
        JsonObject view = new JsonObject()
                .put("number", receipt.number())
                .put("at", receipt.at().toString())
                .put("status", receipt.status() == Behaviour.SILENT ? null : receipt.status())
                .put("headers", headers)
                .put("length", receipt.length())
                .put("cut", receipt.isCut());
        Buffer body = receipt.body();
        boolean isText = Utf8.firstMalformed(body.getBytes(), 0, body.length()) < 0;
        return isText ? view.put("body", body.toString()) : view.put("bodyBase64", body.getBytes());
    }
}
