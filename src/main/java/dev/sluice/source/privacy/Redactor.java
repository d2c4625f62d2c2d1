package dev.sluice.source.privacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.AsciiJson;
import dev.sluice.source.privacy.PathCursor.Target;
import dev.sluice.source.privacy.Redaction.What;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the tokens of a body that notes what is to be cut or replaced. It descends by recursion: the parser
 * refuses what is nested more than a thousand deep. Used once; not thread-safe.
 *
 * <p>Whether an object is a user is known only at its end. What was noted inside of it is taken back then.
 */
final class Redactor {
    private static final Buffer MASK = Buffer.buffer("\"***\"");
    private static final Buffer NULL = Buffer.buffer("null");
    private static final int MAX_REPORTED = 100;
    /** The body is 0, an entry 1; arrays do not count. An entry that is a user is wanted, or the event would be dropped. */
    private static final int OUTERMOST_NESTED = 2;

    private final JsonParser parser;
    private final Buffer body;
    private final List<PathCursor> start;
    private final NameSet passwordFields;
    private final boolean reducesUsers;

    private final Splice splice = new Splice();
    private final List<Redaction> redactions = new ArrayList<>(0);
    private final Set<String> unmatched;
    private final Set<String> matched = new LinkedHashSet<>();

    Redactor(JsonParser parser, Buffer body, Plan plan) {
        this.parser = parser;
        this.body = body;
        this.start = plan.cursors();
        this.passwordFields = plan.passwordFields();
        this.reducesUsers = plan.reducesUsers();
        this.unmatched = plan.paths();
    }

    Redacted redact() throws IOException {
        value(start, null, 0);
        unmatched.removeAll(matched);
        return new Redacted(splice.apply(body), List.copyOf(redactions), matched, unmatched);
    }

    /** @param given what a value around this one wants of it */
    private void value(List<PathCursor> at, @Nullable Target given, int depth) throws IOException {
        Target target = stronger(PathCursor.met(at), given);
        JsonToken token = parser.currentToken();
        if (target != null && target.act().isReplacement()) {
            replace(target);
        } else if (token == JsonToken.START_OBJECT) {
            object(at, target, depth);
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                List<PathCursor> inside = PathCursor.intoElement(at, i);
                PathCursor.note(inside, matched);
                value(inside, target, depth);
            }
        } else if (target != null && target.act().isOfLeaves()) {
            leaf(target);
        }
    }

    /** Where every leaf is masked, not even an identity is left. */
    private static @Nullable Target stronger(@Nullable Target met, @Nullable Target given) {
        boolean isMet = met != null && (!isOfLeaves(given) || met.act() != Act.REDUCE);
        return isMet ? met : given;
    }

    private static boolean isOfLeaves(@Nullable Target target) {
        return target != null && target.act().isOfLeaves();
    }

    private void object(List<PathCursor> at, @Nullable Target target, int depth) throws IOException {
        boolean mayBeReduced = target == null
                ? reducesUsers && depth >= OUTERMOST_NESTED
                : !target.act().isOfLeaves();
        UserTraits identity = mayBeReduced ? new UserTraits() : null;
        long from = identity == null ? 0 : tokenStart();
        int edits = splice.size();
        int reported = redactions.size();
        members(at, isOfLeaves(target) ? target : null, depth, identity);
        String rule = identity == null ? null : reduction(target, identity);
        if (identity != null && rule != null) {
            splice.backTo(edits);
            redactions.subList(reported, redactions.size()).clear();
            splice.replace(from, valueEnd(), identity.reduced(body));
            report(rule, What.REDUCED);
        }
    }

    private void members(List<PathCursor> at, @Nullable Target given, int depth, @Nullable UserTraits identity)
            throws IOException {
        Members members = new Members(splice, body);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            List<PathCursor> inside = PathCursor.intoMember(at, name);
            if (!inside.isEmpty()) {
                PathCursor.note(inside, matched);
            }
            String rule = removal(name, PathCursor.met(inside));
            boolean isId = identity != null && identity.note(name);
            boolean isAsked = rule != null || isId || members.hasHead();
            long from = isAsked ? tokenStart() : 0;
            JsonToken value = parser.nextToken();
            if (rule != null) {
                parser.skipChildren();
                members.remove(from, valueEnd());
                report(rule, What.REMOVED);
                continue;
            }
            members.keep(from);
            value(inside, given, depth + 1);
            if (isId && identity != null && value.isScalarValue()) {
                identity.id(from, valueEnd());
            }
        }
        members.close();
    }

    private @Nullable String removal(String name, @Nullable Target met) {
        if (passwordFields.contains(name)) {
            return Plan.PASSWORD_FIELDS;
        }
        return met != null && met.act() == Act.REMOVE ? met.rule() : null;
    }

    private static @Nullable String reduction(@Nullable Target target, UserTraits identity) {
        if (!identity.hasMore()) {
            return null;
        }
        if (target != null) {
            return target.rule();
        }
        return identity.isUser() ? Plan.NESTED_USERS : null;
    }

    private void replace(Target target) throws IOException {
        boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
        long from = tokenStart();
        parser.skipChildren();
        if (!isNull) {
            splice.replace(from, valueEnd(), target.act() == Act.EMPTY ? NULL : MASK);
            report(target.rule(), What.MASKED);
        }
    }

    private void leaf(Target target) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        Buffer instead = MASK;
        long from = tokenStart();
        if (target.act() == Act.BASE_NAMES) {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
            String name = baseName(text);
            if (name.equals(text)) {
                return;
            }
            instead = Buffer.buffer(AsciiJson.quote(name));
        }
        splice.replace(from, valueEnd(), instead);
        report(target.rule(), What.MASKED);
    }

    private static String baseName(String path) {
        int end = path.length();
        while (end > 0 && isSlash(path.charAt(end - 1))) {
            end--;
        }
        int from = end;
        while (from > 0 && !isSlash(path.charAt(from - 1))) {
            from--;
        }
        return path.substring(from, end);
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private void report(String rule, What what) {
        if (redactions.size() < MAX_REPORTED) {
            redactions.add(new Redaction(rule, Pointer.of(parser.getParsingContext()), what));
        }
    }

    private long tokenStart() {
        return parser.currentTokenLocation().getByteOffset();
    }

    private long valueEnd() throws IOException {
        parser.finishToken();
        return parser.currentLocation().getByteOffset();
    }
}
