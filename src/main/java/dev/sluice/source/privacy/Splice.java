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
        byte[] bytes = body.getBytes();
        byte[] changed = new byte[bytes.length + growth()];
        int read = 0;
        int written = 0;
        for (Edit edit : edits) {
            int kept = edit.from - read;
            System.arraycopy(bytes, read, changed, written, kept);
            edit.instead.getBytes(changed, written + kept);
            written += kept + edit.instead.length();
            read = edit.to;
        }
        System.arraycopy(bytes, read, changed, written, bytes.length - read);
        return Buffer.buffer(changed);
    }

    private int growth() {
        return edits.stream()
                .mapToInt(edit -> edit.instead.length() - (edit.to - edit.from))
                .sum();
    }
}
