package dev.sluice.delivery.policy;

import java.time.Duration;

/** What becomes of a delivery after an attempt. */
public sealed interface Verdict {
    /** The same for the delivery, and nothing for its lane. */
    default Verdict withoutRest() {
        return this;
    }

    /** The endpoint has it. */
    record Delivered() implements Verdict {
        static final Delivered INSTANCE = new Delivered();
    }

    /**
     * Failed, and worth another attempt.
     *
     * @param delay     until the earliest next attempt, whole milliseconds, jitter included
     * @param slowsLane true: the endpoint said that it is asked too much, so its lane should ask less
     * @param laneRest  how long the endpoint wants to be left alone by every delivery; zero if it did not say
     */
    record Retry(Duration delay, boolean slowsLane, Duration laneRest) implements Verdict {
        @Override
        public Verdict withoutRest() {
            return new Retry(delay, false, Duration.ZERO);
        }
    }

    /**
     * Neither failed nor taken: the endpoint was not ready for it.
     *
     * @param asked how long it wants to be left alone by every delivery; zero if it did not say
     */
    record NotYet(Duration asked) implements Verdict {
        @Override
        public Verdict withoutRest() {
            return new NotYet(Duration.ZERO);
        }
    }

    /**
     * Failed for good.
     *
     * @param reason           for a person
     * @param disablesWebhook  true: the endpoint wants no more deliveries at all
     * @param slowsLane        as of {@link Retry}: what is said about the endpoint holds for all that come after
     * @param laneRest         as of {@link Retry}
     */
    record Dead(String reason, boolean disablesWebhook, boolean slowsLane, Duration laneRest) implements Verdict {
        @Override
        public Verdict withoutRest() {
            return new Dead(reason, disablesWebhook, false, Duration.ZERO);
        }
    }
}
