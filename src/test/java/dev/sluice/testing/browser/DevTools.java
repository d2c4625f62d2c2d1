package dev.sluice.testing.browser;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The Chrome DevTools Protocol, over its WebSocket. Any thread; calls block. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final Events happened;
    private final WebSocket socket;

    @FunctionalInterface
    interface Events {
        /**
         * Something happened.
         *
         * @param session of a tab; null: of the browser
         */
        void happened(String session, String method, JsonObject parameters);
    }

    DevTools(String url, Events happened) {
        this.happened = happened;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(url), this)
                .join();
    }

    JsonObject ask(String session, String method, JsonObject parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        JsonObject call = new JsonObject().put("id", id).put("method", method).put("params", parameters);
        if (session != null) {
            call.put("sessionId", session);
        }
        synchronized (socket) {
            socket.sendText(call.encode(), true).join();
        }
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(method + " " + parameters, failed);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(new JsonObject(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void take(JsonObject message) {
        Integer id = message.getInteger("id");
        if (id == null) {
            happened.happened(
                    message.getString("sessionId"), message.getString("method"), message.getJsonObject("params"));
        } else if (message.containsKey("error")) {
            asked.remove(id).completeExceptionally(new AssertionError(message.encode()));
        } else {
            asked.remove(id).complete(message.getJsonObject("result"));
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
