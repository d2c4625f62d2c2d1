package dev.sluice.source.privacy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Changes of a body, as ranges of its bytes. They are added in order, and do not overlap. Not thread-safe. */
final class Splice {
    private static final Buffer NOTHING = Buffer.buffer();

    private record Edit(int from, int to, Buffer instead) {}

    private final List<Edit> edits = new ArrayList<>(0);

    void cut(long from, long to) {
        replace(from, to, NOTHING);
    }

    void replace(long from, long to, Buffer instead) {
        edits.add(new Edit((int) from, (int) to, instead));
    }

    int size() {
        return edits.size();
    }

    /** Takes back what was added since there were so many. */
    void backTo(int size) {
        edits.subList(size, edits.size()).clear();
    }

    /** The body itself, if there are no changes. */
    Buffer apply(Buffer body) {
        if (edits.isEmpty()) {
            return body;
        }
        Buffer changed = Buffer.buffer(body.length());
        int done = 0;
        for (Edit edit : edits) {
            changed.appendBuffer(body, done, edit.from - done).appendBuffer(edit.instead);
            done = edit.to;
        }
        return changed.appendBuffer(body, done, body.length() - done);
    }
}
