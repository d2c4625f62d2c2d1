package dev.sluice.ingest;

import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import dev.sluice.http.Problem;
import dev.sluice.ingest.decode.Refusals;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one chunk: stored together, answered together. Confined to one event loop. */
final class LineBatch {
    private final List<Line> lines = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private @Nullable Buffer answer;
    private long bytes;
    private boolean isSomeTaken;
    private @Nullable Problem worst;

    /** @param problem null for a line that is an event */
    private record Line(long number, @Nullable Problem problem) {}

    void add(long number, Draft draft) {
        lines.add(new Line(number, null));
        drafts.add(draft);
    }

    void add(long number, Problem problem) {
        lines.add(new Line(number, problem));
        worst = StreamAnswer.worse(worst, problem);
    }

    /** Of the chunks that its lines came in. */
    void occupies(long bytes) {
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<Draft> drafts() {
        return drafts;
    }

    /** One answer a line, or null as long as the events are not stored. */
    @Nullable
    Buffer answer() {
        return answer;
    }

    /** Whether an event of them is stored. */
    boolean isSomeTaken() {
        return isSomeTaken;
    }

    /** Of what was refused. */
    @Nullable
    Problem worst() {
        return worst;
    }

    /** @param receipts of the drafts, in order */
    void stored(List<Receipt> receipts) {
        StringBuilder json = new StringBuilder(48 * lines.size());
        int next = 0;
        for (Line line : lines) {
            if (line.problem() == null) {
                answer(json, line.number(), receipts.get(next++));
            } else {
                json.append(describe(line.number(), line.problem()));
            }
            json.append('\n');
        }
        answer = Buffer.buffer(json.toString());
    }

    private void answer(StringBuilder json, long line, Receipt receipt) {
        if (receipt.isConflict()) {
            worst = StreamAnswer.worse(worst, Refusals.TAKEN);
            json.append(describe(line, Refusals.TAKEN));
        } else {
            isSomeTaken = true;
            Answers.append(json, receipt);
        }
    }

    /** The events are not known to be durable. */
    void failed(Problem failure) {
        worst = StreamAnswer.worse(worst, failure);
        StringBuilder json = new StringBuilder(128 * lines.size());
        for (Line line : lines) {
            Problem problem = line.problem() == null ? failure : line.problem();
            json.append(describe(line.number(), problem)).append('\n');
        }
        answer = Buffer.buffer(json.toString());
    }

    private static String describe(long line, Problem problem) {
        JsonObject json = new JsonObject()
                .put("status", problem.status())
                .put("line", line)
                .put("detail", problem.detail());
        if (!problem.errors().isEmpty()) {
            json.put("errors", problem.toJson().getJsonArray("errors"));
        }
        return json.encode();
    }
}
