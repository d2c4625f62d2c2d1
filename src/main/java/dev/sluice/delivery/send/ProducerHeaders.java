package dev.sluice.delivery.send;

import dev.sluice.event.Carried;
import dev.sluice.event.Event;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The headers that the producer of an event sent with it, as a delivery carries them: under their own names, each with all
 * of its lines. A signature is left out where the body is another one.
 */
final class ProducerHeaders {
    /** Before the names of Standard Webhooks where Sluice signs too. */
    private static final String ORIGINAL = "original-";

    private static final String WEBHOOK = "webhook-";

    private final List<Carried.Header> carried;
    private final boolean isData;
    private final boolean areTheirsFirst;

    private ProducerHeaders(List<Carried.Header> carried, boolean isData, boolean areTheirsFirst) {
        this.carried = carried;
        this.isData = isData;
        this.areTheirsFirst = areTheirsFirst;
    }

    /**
     * @param isData         whether the body is what the producer sent
     * @param areTheirsFirst whether the signature of Standard Webhooks is the producer's
     */
    static ProducerHeaders of(Event event, boolean isData, boolean areTheirsFirst) {
        return new ProducerHeaders(Carried.of(event), isData, areTheirsFirst);
    }

    /** None that is there already. */
    void addTo(MultiMap headers) {
        if (carried.isEmpty()) {
            return;
        }
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(headers.names());
        for (Carried.Header header : carried) {
            String name = name(header.name());
            boolean isPassed = isData || !header.isSignature();
            if (isPassed && !taken.contains(name)) {
                headers.add(name, header.value());
            }
        }
    }

    private String name(String name) {
        boolean isMoved = !areTheirsFirst && name.toLowerCase(Locale.ROOT).startsWith(WEBHOOK);
        return isMoved ? ORIGINAL + name : name;
    }
}
