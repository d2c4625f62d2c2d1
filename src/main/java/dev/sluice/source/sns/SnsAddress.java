package dev.sluice.source.sns;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URLs of SNS itself, in the region of a topic: a message may name no other. */
final class SnsAddress {
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[A-Za-z0-9]{1,64}\\.pem");

    private SnsAddress() {}

    /** Null for what is none. */
    static @Nullable URI certificate(@Nullable String text, @Nullable String topic) {
        URI url = ofSns(text, topic);
        boolean isOne = url != null
                && url.getRawQuery() == null
                && CERTIFICATE.matcher(url.getRawPath()).matches();
        return isOne ? url : null;
    }

    /** Null for what is none. */
    static @Nullable URI confirmation(@Nullable String text, @Nullable String topic) {
        URI url = ofSns(text, topic);
        boolean isOne = url != null
                && url.getRawPath().matches("/?")
                && url.getRawQuery() != null
                && url.getRawQuery().contains("Action=ConfirmSubscription");
        return isOne ? url : null;
    }

    /** Only in the region of the topic its messages are signed: other names below amazonaws.com are buckets of anybody. */
    private static @Nullable URI ofSns(@Nullable String text, @Nullable String topic) {
        String region = topic == null ? null : SnsTopic.region(topic);
        if (text == null || region == null) {
            return null;
        }
        String host = "sns.%s.amazonaws.com".formatted(region);
        try {
            URI url = new URI(text);
            String authority = url.getRawAuthority();
            boolean isOfSns = "https".equals(url.getScheme())
                    && (host.equals(authority) || (host + ".cn").equals(authority))
                    && url.getRawFragment() == null;
            return isOfSns ? url : null;
        } catch (URISyntaxException notAUrl) {
            return null;
        }
    }
}
