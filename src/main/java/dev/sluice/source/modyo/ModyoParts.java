package dev.sluice.source.modyo;

import dev.sluice.source.dialect.DialectRefusal;
import dev.sluice.source.dialect.Parts;
import dev.sluice.source.dialect.Times;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Builds the record that Modyo would have sent: compact if the parts have {@code e_c} or {@code e_a}, else full, with null
 * for what is not given. {@code event} stands for {@code trigger_uid}.
 */
final class ModyoParts {
    private static final String EVENT = "event";
    private static final String UID = "trigger_uid";
    private static final String NAME = "trigger_name";
    private static final String TIME = "created_at";
    private static final List<String> FULL = List.of(
            "id",
            "account_id",
            "site_id",
            "user_id",
            "type",
            "value_1",
            "value_2",
            "value_3",
            "request_ip",
            "request_user_agent",
            "loggeable_id",
            "loggeable_type",
            "options",
            TIME,
            "user_type",
            "space_id",
            "log_type_id",
            "realm_id",
            UID,
            NAME,
            "trigger_entity",
            "trigger_entity_id",
            "trigger_entry_uuid",
            "trigger_content_uuid",
            "trigger_entry_space_uid");
    private static final List<String> COMPACT = List.of(
            "ip",
            "ua",
            "e_a",
            "e_c",
            "uid",
            "idsite",
            "task_id",
            "task_uid",
            "task_response_id",
            "task_response_type",
            "realm_id",
            "realm_uid",
            "account_id",
            "origination_uid",
            "submission_uuid");

    private ModyoParts() {}

    static Buffer envelope(JsonObject given, Instant now, DialectRefusal refusal) {
        Parts parts = new Parts(given, refusal);
        boolean isCompact = parts.has("e_c") || parts.has("e_a");
        if (isCompact) {
            compact(parts);
        } else {
            full(parts, now);
        }
        parts.copyOthers(Set.of(EVENT));
        return parts.build().toBuffer();
    }

    private static void compact(Parts parts) {
        parts.requireText("e_c", "the first half of the log's name, such as origination_submission");
        parts.requireText("e_a", "the second half of the log's name, such as created_log");
        boolean isOther = parts.has(EVENT) && !(parts.get("e_c") + "_" + parts.get("e_a")).equals(parts.get(EVENT));
        if (isOther) {
            parts.refuse(EVENT, "not e_c and e_a (expected: none, or both with _ between)");
        }
        COMPACT.forEach(parts::copy);
    }

    private static void full(Parts parts, Instant now) {
        boolean isOther = parts.has(EVENT)
                && parts.has(UID)
                && !String.valueOf(parts.get(UID)).equals(parts.get(EVENT));
        if (isOther) {
            parts.refuse(EVENT, "not trigger_uid (expected: one of them, or both the same)");
        }
        String event = parts.event(parts.has(UID) ? UID : EVENT);
        for (String name : FULL) {
            switch (name) {
                case UID -> parts.put(UID, event);
                case NAME -> parts.put(NAME, parts.has(NAME) ? parts.get(NAME) : inWords(event));
                case TIME -> parts.put(TIME, parts.has(TIME) ? parts.get(TIME) : Times.text(now));
                default -> parts.copyOrNull(name);
            }
        }
    }

    /** {@code entry_created_log}: {@code Entry created log}. */
    private static String inWords(String event) {
        return event.isEmpty()
                ? event
                : Character.toUpperCase(event.charAt(0)) + event.substring(1).replace('_', ' ');
    }
}
