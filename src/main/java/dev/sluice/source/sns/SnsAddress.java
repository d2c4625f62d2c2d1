package dev.sluice.source.sns;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URLs of SNS itself: a message may name no other. */
final class SnsAddress {
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z0-9-]{3,32}\\.amazonaws\\.com(\\.cn)?");
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[A-Za-z0-9]{1,64}\\.pem");

    private SnsAddress() {}

    /** Null for what is none. */
    static @Nullable URI certificate(@Nullable String text) {
        URI url = ofSns(text);
        boolean isOne = url != null
                && url.getRawQuery() == null
                && CERTIFICATE.matcher(url.getRawPath()).matches();
        return isOne ? url : null;
    }

    /** Null for what is none. */
    static @Nullable URI confirmation(@Nullable String text) {
        URI url = ofSns(text);
        boolean isOne = url != null
                && url.getRawPath().matches("/?")
                && url.getRawQuery() != null
                && url.getRawQuery().contains("Action=ConfirmSubscription");
        return isOne ? url : null;
    }

    private static @Nullable URI ofSns(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI url = new URI(text);
            String authority = url.getRawAuthority();
            boolean isOfSns = "https".equals(url.getScheme())
                    && authority != null
                    && HOST.matcher(authority).matches()
                    && url.getRawFragment() == null;
            return isOfSns ? url : null;
        } catch (URISyntaxException notAUrl) {
            return null;
        }
    }
}
