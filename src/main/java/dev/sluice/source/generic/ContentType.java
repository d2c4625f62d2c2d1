package dev.sluice.source.generic;

import dev.sluice.event.Attributes;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
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
        if (text == null) {
            return false;
        }
        int end = text.indexOf(';');
        String essence = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return essence.equals("application/json") || essence.equals("text/json") || essence.endsWith("+json");
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
