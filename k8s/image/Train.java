import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the command that it is given, a Sluice on its own Redis, has it deliver events, and ends it: what that needs is cached. */
public final class Train {
    private static final int EVENTS = 2000;
    private static final String API = "http://127.0.0.1:8080";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String[] command) throws Exception {
        CountDownLatch delivered = new CountDownLatch(EVENTS);
        HttpServer endpoint = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        endpoint.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            delivered.countDown();
        });
        endpoint.start();
        Process sluice = new ProcessBuilder(List.of(command)).inheritIO().start();
        try {
            awaitReady(sluice);
            int port = endpoint.getAddress().getPort();
            post("/v1/webhooks", "{\"url\":\"http://127.0.0.1:%d/\",\"eventTypes\":[\"order.*\"]}".formatted(port));
            for (int i = 0; i < EVENTS; i++) {
                post("/v1/events", "{\"type\":\"order.paid\",\"data\":{\"id\":%d}}".formatted(i));
            }
            if (!delivered.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(delivered.getCount() + " events were not delivered");
            }
        } finally {
            sluice.destroy();
            endpoint.stop(0);
        }
        int code = sluice.waitFor();
        if (code != 0 && code != 143) {
            throw new IllegalStateException("Sluice ended with " + code);
        }
    }

    private static void awaitReady(Process sluice) throws Exception {
        URI ready = URI.create("http://127.0.0.1:8081/health/ready");
        for (int i = 0; i < 600 && sluice.isAlive(); i++) {
            try {
                if (CLIENT.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (java.io.IOException notYet) {
                // it starts
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("Sluice did not start");
    }

    private static void post(String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(API + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
            throw new IllegalStateException(path + " answered " + status);
        }
    }
}
