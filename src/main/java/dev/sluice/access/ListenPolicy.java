package dev.sluice.access;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Without a key, nobody but this machine may reach the API. */
public final class ListenPolicy {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY = "0.0.0.0";
    private static final Pattern LOOPBACK_NET = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern IPV6_LOOPBACK = Pattern.compile("\\[?(::1|(0{1,4}:){7}0{0,3}1)]?");

    private ListenPolicy() {}

    /**
     * @param host      as configured, or null
     * @param holdsKeys whether any key is configured or stored
     */
    public static Listen decide(@Nullable String host, boolean holdsKeys) {
        if (host == null) {
            return new Listen.On(holdsKeys ? ANY : LOOPBACK);
        }
        if (holdsKeys || isLoopback(host)) {
            return new Listen.On(host);
        }
        return new Listen.Refused(
                "http.host: %s (expected: a loopback address, or an admin key in access.adminKey, SLUICE_ACCESS_ADMIN_KEY)"
                        .formatted(host));
    }

    /** Names other than {@code localhost} are not looked up: what a resolver says may change after the check. */
    private static boolean isLoopback(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || LOOPBACK_NET.matcher(host).matches()
                || IPV6_LOOPBACK.matcher(host).matches();
    }
}
