package dev.sluice.subscription;

import org.jspecify.annotations.Nullable;

/** What is shown in place of a secret; sent back, it stands for the secret that is stored. */
final class Mask {
    static final String TEXT = "••••••";

    private Mask() {}

    static boolean isMask(@Nullable String text) {
        return TEXT.equals(text);
    }
}
