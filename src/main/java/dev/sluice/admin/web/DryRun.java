package dev.sluice.admin.web;

import io.vertx.core.json.JsonObject;

/** {@code ?dryRun=true}: the answer says what would become of it, and nothing is changed. */
public final class DryRun {
    public static final String QUERY = "dryRun";

    private static final String CHANGED = "Sluice-Changed";

    private DryRun() {}

    public static boolean is(Call call) {
        return call.query(QUERY)
                .map(said -> switch (said) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Call.badQuery("%s: %s (expected: true or false)".formatted(QUERY, said));
                })
                .orElse(false);
    }

    /** @param changed whether it would be another than before, also where that is not seen, as in a secret */
    public static Reply reply(JsonObject view, boolean changed) {
        return Reply.ok(view).with(CHANGED, String.valueOf(changed));
    }
}
