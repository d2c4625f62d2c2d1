package dev.sluice.delivery.send.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of an answer as text that can be shown: UTF-8 where it is, control characters replaced. */
final class Excerpt {
    private static final char REPLACEMENT = '\uFFFD';
    private static final byte[] NOTHING = {};

    private final int most;
    private byte[] kept = NOTHING;
    private boolean cut;

    Excerpt(int most) {
        this.most = most;
    }

    void add(Buffer chunk) {
        int room = most - kept.length;
        int taken = Math.min(room, chunk.length());
        if (taken > 0) {
            int end = kept.length;
            kept = Arrays.copyOf(kept, end + taken);
            chunk.getBytes(0, taken, kept, end);
        }
        cut |= taken < chunk.length();
    }

    String text() {
        if (kept.length == 0) {
            return "";
        }
        String text = new String(kept, 0, cut ? endOfLastCharacter() : kept.length, StandardCharsets.UTF_8);
        return hasControl(text) ? withoutControl(text) : text;
    }

    /** Leaves out a character of which the cut took the end. */
    private int endOfLastCharacter() {
        int start = kept.length - 1;
        while (start > 0 && start > kept.length - 4 && (kept[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = kept[start] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + length > kept.length ? start : kept.length;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Excerpt::isControl);
    }

    private static String withoutControl(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            if (isControl(shown.charAt(i))) {
                shown.setCharAt(i, REPLACEMENT);
            }
        }
        return shown.toString();
    }

    /** Bidirectional overrides and isolates can make a text read as another; they count as control characters here. */
    private static boolean isControl(int c) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return false;
        }
        return c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
