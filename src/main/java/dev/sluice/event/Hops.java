package dev.sluice.event;

/**
 * How many gateways an event has come through. Each delivery says it in a header, ingest takes it over into an attribute
 * of the event, and refuses what has come too far: so events stop that go round in a circle of gateways, as a webhook
 * that leads to the ingest of its own gateway through a load balancer makes them. After the model of RFC 8586, but
 * counted, so that a circle of two installations ends too, and without a list that grows.
 */
public final class Hops {
    public static final String HEADER = "sluice-hops";
    /** Of an event that came from a gateway; what a producer says about it is not taken over. */
    public static final String ATTRIBUTE = "sluicehops";

    /** An event that has come through more gateways goes in a circle. */
    public static final int MOST = 5;

    private Hops() {}

    /** Of a delivery of this event: one more than brought it here; 1 where that is not known. */
    public static int next(Event event) {
        String passed = event.attributes().get(ATTRIBUTE);
        try {
            return passed == null ? 1 : Integer.parseInt(passed) + 1;
        } catch (NumberFormatException notOurs) {
            return 1;
        }
    }
}
