package dev.sluice.source.sns;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a topic: its ARN. */
public final class SnsTopic {
    public static final int MAX_LENGTH = 400;

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]{0,10}:sns:([a-z0-9-]{3,32}):[0-9]{12}:[A-Za-z0-9_.-]{1,256}");

    private SnsTopic() {}

    public static boolean isOne(String text) {
        return ARN.matcher(text).matches();
    }

    /** Where its messages are signed; null for what is none. */
    static @Nullable String region(String text) {
        Matcher arn = ARN.matcher(text);
        return arn.matches() ? arn.group(1) : null;
    }
}
