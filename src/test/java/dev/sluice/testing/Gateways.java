package dev.sluice.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The gateway processes of a test. None of them outlives it, nor this JVM if that is told to end. */
public final class Gateways implements BeforeEachCallback, AfterEachCallback {
    /** 32 bytes; all pods share it. */
    private static final String SECRETS_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static final Set<GatewayProcess> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALL.forEach(GatewayProcess::kill), "end-gateways"));
    }

    private final List<GatewayProcess> started = new CopyOnWriteArrayList<>();
    private String test = "";

    /** Small and impatient pods, on free ports of this machine. */
    public static Map<String, String> settings(String redisUri) {
        Map<String, String> settings = new HashMap<>();
        settings.put("SLUICE_HTTP_PORT", "0");
        settings.put("SLUICE_MANAGEMENT_PORT", "0");
        settings.put("SLUICE_REDIS_URI", redisUri);
        settings.put("SLUICE_REDIS_RECONNECT_MAX", "500ms");
        settings.put("SLUICE_SECRETS_KEY", SECRETS_KEY);
        settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "2s");
        settings.put("SLUICE_DELIVERY_TIMEOUT", "2s");
        settings.put("SLUICE_DELIVERY_RETRY_DELAYS", "200ms,400ms,800ms,2s,2s,2s,2s,2s");
        settings.put("SLUICE_DELIVERY_PARKING_LEASE", "3s");
        settings.put("SLUICE_RUNTIME_EVENT_LOOPS", "2");
        return settings;
    }

    /** Returns at once. */
    public GatewayProcess launch(Map<String, String> settings) {
        return keep(GatewayProcess.launch(nextName(), settings));
    }

    /** As above, by a command whose process becomes Sluice. */
    public GatewayProcess launch(List<String> command, Map<String, String> settings) {
        return keep(GatewayProcess.launch(nextName(), command, settings));
    }

    private String nextName() {
        return test + "-" + started.size();
    }

    private GatewayProcess keep(GatewayProcess gateway) {
        started.add(gateway);
        ALL.add(gateway);
        return gateway;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        test = context.getRequiredTestMethod().getName();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        started.forEach(GatewayProcess::kill);
        started.forEach(ALL::remove);
        started.clear();
    }
}
