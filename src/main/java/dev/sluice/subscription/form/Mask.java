package dev.sluice.subscription.form;

import org.jspecify.annotations.Nullable;

/** What is shown in place of a secret; sent back, it stands for the secret that is stored. */
public final class Mask {
    public static final String TEXT = "••••••";

    private Mask() {}

    public static boolean isMask(@Nullable String text) {
        return TEXT.equals(text);
    }
}
