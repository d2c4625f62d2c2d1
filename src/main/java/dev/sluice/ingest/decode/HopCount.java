package dev.sluice.ingest.decode;

import dev.sluice.event.Hops;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@link Hops#HEADER}. */
final class HopCount {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}");

    private HopCount() {}

    /**
     * 0 where no gateway says anything.
     *
     * @throws dev.sluice.http.ProblemException 508 if it came through too many, 400 if it is no number
     */
    static int read(MultiMap headers) {
        List<String> values = headers.getAll(Hops.HEADER);
        if (values.isEmpty()) {
            return 0;
        }
        String value = values.get(0);
        if (values.size() > 1 || !FORM.matcher(value).matches()) {
            throw Refusals.invalid(
                            "%s: %s (expected: one whole number)".formatted(Hops.HEADER, EventFaults.excerpt(value)))
                    .asException();
        }
        int hops = Integer.parseInt(value);
        if (hops > Hops.MOST) {
            throw Refusals.loop(hops).asException();
        }
        return hops;
    }
}
