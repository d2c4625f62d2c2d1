package dev.sluice.admin.web;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of a list that is ordered by id ended, opaque to clients so that it may change. */
public final class Cursor {
    private Cursor() {}

    public static String after(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** The id after which the next page starts; empty for the first page. */
    public static String read(Call call) {
        return call.query("cursor").map(Cursor::decode).orElse("");
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
    }

    /** For a page of a list that makes its cursors itself. */
    public static <T> Future<T> refused(Throwable cause) {
        return Future.failedFuture(cause instanceof IllegalArgumentException ? invalid() : cause);
    }

    public static RuntimeException invalid() {
        return Call.badQuery("cursor: not one of ours (expected: the cursor of an earlier page)");
    }
}
