package dev.sluice.source.generic;

import dev.sluice.event.Attributes;
import dev.sluice.event.JsonType;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says that its body is.
 *
 * @param text with its parameters, as it came; null for none, and for what is no media type
 */
record ContentType(@Nullable String text) {
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-.0-~]+/[!-.0-~][ -~]*");
    private static final int MAX_LENGTH = 1024;

    static ContentType of(MultiMap headers) {
        String said = headers.get(HttpHeaders.CONTENT_TYPE);
        boolean isOne = said != null
                && said.length() <= MAX_LENGTH
                && MEDIA_TYPE.matcher(said).matches();
        return new ContentType(isOne ? said : null);
    }

    boolean isMissing() {
        return text == null;
    }

    boolean isJson() {
        return text != null && JsonType.is(text);
    }

    Attributes addTo(Attributes attributes) {
        return text == null
                ? attributes
                : Attributes.builder()
                        .setAll(attributes)
                        .set(Attributes.DATA_CONTENT_TYPE, text)
                        .build();
    }
}
