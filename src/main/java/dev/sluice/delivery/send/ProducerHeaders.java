package dev.sluice.delivery.send;

import dev.sluice.event.Attributes;
import dev.sluice.event.Carried;
import dev.sluice.event.Event;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the producer of an event sent with it, as a delivery carries them: under their own names, each with all
 * of its lines. A signature is left out where the body is another one. Confined to one event loop.
 *
 * <p>Those of the last event are kept: its deliveries come one after the other, and each would read them again.
 */
final class ProducerHeaders {
    /** Before the names of Standard Webhooks where Sluice signs too. */
    private static final String ORIGINAL = "original-";

    private static final String WEBHOOK = "webhook-";

    private @Nullable String last;
    private List<Line> lines = List.of();

    /** @param first index of the line that has the same name */
    private record Line(Carried.Header header, boolean isSignature, boolean isOfWebhook, int first) {
        String name(boolean areTheirsFirst) {
            return isOfWebhook && !areTheirsFirst ? ORIGINAL + header.name() : header.name();
        }
    }

    /**
     * None that is there already.
     *
     * @param isData         whether the body is what the producer sent
     * @param areTheirsFirst whether the signature of Standard Webhooks is the producer's
     */
    void addTo(MultiMap headers, Event event, boolean isData, boolean areTheirsFirst) {
        String said = event.attributes().get(Attributes.HEADERS);
        if (said == null) {
            return;
        }
        if (!said.equals(last)) {
            lines = lines(Carried.read(said));
            last = said;
        }
        boolean[] isTaken = new boolean[lines.size()];
        for (int i = 0; i < isTaken.length; i++) {
            Line line = lines.get(i);
            String name = line.name(areTheirsFirst);
            isTaken[i] = line.first() == i ? headers.contains(name) : isTaken[line.first()];
            boolean isPassed = isData || !line.isSignature();
            if (isPassed && !isTaken[i]) {
                headers.add(name, line.header().value());
            }
        }
    }

    private static List<Line> lines(List<Carried.Header> carried) {
        List<Line> lines = new ArrayList<>(carried.size());
        for (Carried.Header header : carried) {
            int first = 0;
            while (first < lines.size() && !carried.get(first).name().equalsIgnoreCase(header.name())) {
                first++;
            }
            boolean isOfWebhook = header.name().regionMatches(true, 0, WEBHOOK, 0, WEBHOOK.length());
            lines.add(new Line(header, header.isSignature(), isOfWebhook, first));
        }
        return lines;
    }
}
