package dev.sluice.bench.worker;

import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/** Runs the worker that the first argument names, until standard input ends. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) {
        PrintStream answers = System.out;
        // Whatever else prints must not be taken for an answer.
        System.setOut(System.err);
        QuietLog.install();
        try {
            serve(arguments[0], answers);
            System.exit(0);
        } catch (IOException | RuntimeException e) {
            System.err.println(arguments[0] + ": " + e);
            System.exit(1);
        }
    }

    private static void serve(String name, PrintStream answers) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(processors));
        Context home = vertx.getOrCreateContext();
        Worker worker = worker(name, vertx, processors);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answers.println(on(home, worker::start));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            JsonObject command = new JsonObject(line);
            answers.println(on(home, () -> worker.run(command)));
        }
    }

    private static Worker worker(String name, Vertx vertx, int processors) {
        EpochMicros now = new EpochMicros(InstantSource.system());
        return switch (name) {
            case "load" -> new LoadWorker(vertx, Ticker.SYSTEM, now);
            case "receiver" -> new ReceiverWorker(vertx, now);
            case "trouble" -> new TroubleWorker(vertx, new VertxTimers(vertx));
            case "large" -> new LargeWorker(vertx, new VertxTimers(vertx));
            case "server" -> new ServerWorker(vertx, processors);
            case "client" -> new ClientWorker(vertx, Ticker.SYSTEM);
            case "redis" -> new RedisWorker(vertx, Ticker.SYSTEM);
            default ->
                throw new IllegalArgumentException(
                        "worker: " + name + " (expected: load, receiver, trouble, large, server, client or redis)");
        };
    }

    /** Blocks the calling thread, which is never an event loop; a failure becomes an answer with {@code error}. */
    private static String on(Context home, Callable<Future<JsonObject>> work) {
        return Future.<JsonObject>future(promise -> home.runOnContext(go -> {
                    try {
                        work.call().onComplete(promise);
                    } catch (Exception e) {
                        promise.fail(e);
                    }
                }))
                .otherwise(failure -> new JsonObject().put("error", failure.toString()))
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .encode();
    }
}
