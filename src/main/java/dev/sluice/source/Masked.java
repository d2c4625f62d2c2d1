package dev.sluice.source;

import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Texts that a stranger sent, without the secrets that they may hold, whole or in part, as they are or escaped. */
final class Masked {
    static final String MASK = "***";
    /** So little of a secret tells nothing of it, and ends many texts by chance. */
    private static final int LEAST = 3;

    private final Set<String> forms = new TreeSet<>();

    Masked(List<String> secrets) {
        secrets.forEach(secret -> forms.addAll(written(secret)));
    }

    /**
     * Masked first and cut then, so that no secret is cut in two and known by neither half.
     *
     * @param text that may end in the middle of something
     * @param most characters of it
     */
    String of(String text, int most) {
        BitSet hidden = new BitSet();
        forms.forEach(form -> hide(text, form, hidden));
        StringBuilder shown = new StringBuilder();
        int end = Math.min(most, text.length());
        for (int i = 0; i < end; ) {
            if (hidden.get(i)) {
                shown.append(MASK);
                i = hidden.nextClearBit(i);
            } else {
                shown.append(text.charAt(i++));
            }
        }
        return shown.toString();
    }

    /** What has to be known of a text beyond the cut. */
    int longest() {
        return forms.stream().mapToInt(String::length).max().orElse(0);
    }

    /** As a text, a form, a query, and JSON have it. */
    private static List<String> written(String secret) {
        if (secret.isEmpty()) {
            return List.of();
        }
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String json = Json.encode(secret);
        return List.of(secret, form, form.replace("+", "%20"), json.substring(1, json.length() - 1));
    }

    private static void hide(String text, String secret, BitSet hidden) {
        for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
            hidden.set(at, at + secret.length());
        }
        for (int begin = Math.min(secret.length() - 1, text.length()); begin >= LEAST; begin--) {
            if (text.regionMatches(text.length() - begin, secret, 0, begin)) {
                hidden.set(text.length() - begin, text.length());
                return;
            }
        }
    }
}
