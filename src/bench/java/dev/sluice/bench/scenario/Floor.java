package dev.sluice.bench.scenario;

import java.util.List;

/** What one event to one webhook cannot do without, by the rows that measure it. */
public final class Floor {
    public static final List<String> HTTP_CLIENT =
            List.of(BareServer.NAME, BareClient.HTTP_CLIENT, PipelinedRedis.APPEND, PipelinedRedis.READ);

    /** With the client that the gateway uses. */
    public static final List<String> WEB_CLIENT =
            List.of(BareServer.NAME, BareClient.WEB_CLIENT, PipelinedRedis.APPEND, PipelinedRedis.READ);

    private Floor() {}
}
