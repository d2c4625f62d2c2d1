package dev.sluice.source.cockpit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.http.AsciiJson;
import dev.sluice.http.JsonText;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;

/**
 * The name of the webhook, which Cockpit writes into the body. It is read no further than there: the second member, as
 * Cockpit writes it.
 */
final class CockpitHook {
    private static final String HOOK = "hook";

    private CockpitHook() {}

    private record Range(int from, int to) {}

    /** Other bytes stay. A body that has no name is not given one; it cannot be Cockpit's own. */
    static Buffer rename(Buffer body, String name) {
        String quoted = AsciiJson.quote(name);
        return JsonText.of(body)
                .begin(CockpitHook::find)
                .map(hook -> replace(body, hook, quoted))
                .orElse(body);
    }

    private static Buffer replace(Buffer body, Range hook, String quoted) {
        boolean isSame = body.getString(hook.from, hook.to).equals(quoted);
        if (isSame) {
            return body;
        }
        return Buffer.buffer(body.length() + quoted.length())
                .appendBuffer(body, 0, hook.from)
                .appendString(quoted)
                .appendBuffer(body, hook.to, body.length() - hook.to);
    }

    private static Optional<Range> find(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isHook = HOOK.equals(parser.currentName());
            parser.nextToken();
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            if (isHook) {
                parser.finishToken();
                return Optional.of(
                        new Range(from, (int) parser.currentLocation().getByteOffset()));
            }
        }
        return Optional.empty();
    }
}
