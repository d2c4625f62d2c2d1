package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import org.jspecify.annotations.Nullable;

/** Reads a member that is a secret: write-only, and kept where it is masked or left out. */
final class SecretText {
    private SecretText() {}

    /**
     * Null if it was refused.
     *
     * @param kept what a mask or nothing stands for, or null if there is nothing that it could
     * @param what it is and what it belongs to, for the message
     */
    static @Nullable String read(Field field, int maxLength, @Nullable String kept, String what) {
        String text = field.verbatim(maxLength);
        boolean masked = field.isAbsent() || Mask.isMask(text);
        if (!masked) {
            return text;
        }
        if (kept == null && field.isAbsent()) {
            field.refuse("missing");
        } else if (kept == null) {
            field.refuse("masked, and there is no %s (expected: the value itself)", what);
        }
        return kept;
    }
}
