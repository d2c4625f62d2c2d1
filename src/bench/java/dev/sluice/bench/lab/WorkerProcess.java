package dev.sluice.bench.lab;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process of {@link dev.sluice.bench.worker}: a JSON object a line in each direction, in turn. */
public final class WorkerProcess {
    private static final Duration START = Duration.ofSeconds(30);

    private final Child child;
    private final PrintStream commands;
    private final BufferedReader answers;

    /** What it said when it was ready. */
    private final JsonObject hello;

    public WorkerProcess(Child child) {
        this.child = child;
        this.commands = new PrintStream(child.process().getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = child.process().inputReader(StandardCharsets.UTF_8);
        this.hello = answer(START);
    }

    public Child child() {
        return child;
    }

    public int port() {
        return hello.getInteger("port");
    }

    /** Waits for the answer at most that long. */
    public JsonObject ask(JsonObject command, Duration patience) {
        commands.println(command.encode());
        return answer(patience);
    }

    private JsonObject answer(Duration patience) {
        String line;
        try {
            line = CompletableFuture.supplyAsync(this::readLine).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw child.failed("did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw child.failed("was not awaited");
        }
        if (line == null) {
            throw child.failed("ended");
        }
        JsonObject answer = new JsonObject(line);
        if (answer.containsKey("error")) {
            throw child.failed("failed: " + answer.getString("error"));
        }
        return answer;
    }

    private @Nullable String readLine() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
