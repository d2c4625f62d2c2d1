package dev.sluice.source.privacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.AsciiJson;
import dev.sluice.source.privacy.Cursor.Target;
import dev.sluice.source.privacy.Redaction.What;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
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
    private final List<Cursor> start;
    private final Set<String> passwordFields;
    private final boolean reducesUsers;

    private final Splice splice = new Splice();
    private final List<Redaction> redactions = new ArrayList<>(0);

    Redactor(JsonParser parser, Buffer body, Plan plan) {
        this.parser = parser;
        this.body = body;
        this.start = plan.cursors();
        this.passwordFields = plan.passwordFields();
        this.reducesUsers = plan.reducesUsers();
    }

    Redacted redact() throws IOException {
        value(start, null, 0);
        return new Redacted(splice.apply(body), List.copyOf(redactions));
    }

    /** @param given what a value around this one wants of it */
    private void value(List<Cursor> at, @Nullable Target given, int depth) throws IOException {
        Target target = stronger(Cursor.met(at), given);
        JsonToken token = parser.currentToken();
        if (target != null && target.act().isReplacement()) {
            replace(target);
        } else if (token == JsonToken.START_OBJECT) {
            object(at, target, depth);
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(Cursor.intoElement(at, i), target, depth);
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

    private void object(List<Cursor> at, @Nullable Target target, int depth) throws IOException {
        long from = tokenStart();
        int edits = splice.size();
        int reported = redactions.size();
        Members members = new Members(splice);
        Identity identity = new Identity();
        Target inside = isOfLeaves(target) ? target : null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            member(at, inside, depth + 1, members, identity);
        }
        members.close();
        String rule = reduction(target, identity, depth);
        if (rule != null) {
            splice.backTo(edits);
            redactions.subList(reported, redactions.size()).clear();
            splice.replace(from, valueEnd(), identity.reduced(body));
            report(rule, What.REDUCED);
        }
    }

    private void member(List<Cursor> at, @Nullable Target given, int depth, Members members, Identity identity)
            throws IOException {
        String name = parser.currentName();
        long from = tokenStart();
        boolean isId = identity.note(name, parser.nextToken());
        List<Cursor> inside = Cursor.intoMember(at, name);
        String rule = removal(name, Cursor.met(inside));
        if (rule != null) {
            parser.skipChildren();
            members.remove(from, valueEnd());
            report(rule, What.REMOVED);
            return;
        }
        members.keep(from);
        value(inside, given, depth);
        long to = valueEnd();
        members.kept(to);
        if (isId) {
            identity.id(from, to);
        }
    }

    private @Nullable String removal(String name, @Nullable Target met) {
        if (passwordFields.contains(name)) {
            return Plan.PASSWORD_FIELDS;
        }
        return met != null && met.act() == Act.REMOVE ? met.rule() : null;
    }

    private @Nullable String reduction(@Nullable Target target, Identity identity, int depth) {
        if (isOfLeaves(target) || !identity.hasMore()) {
            return null;
        }
        if (target != null && target.act() == Act.REDUCE) {
            return target.rule();
        }
        return reducesUsers && depth >= OUTERMOST_NESTED && identity.isUser() ? Plan.NESTED_USERS : null;
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
