package dev.sluice.delivery;

import java.time.Duration;

/** What becomes of a delivery. Writing it again changes nothing. */
public sealed interface Outcome {
    Delivery delivery();

    /** Tells the writer which of them it is: one that a writer does not know does not compile. */
    void writeTo(Writer writer);

    /** How many attempts had been made when this pod got it: nobody else has got it since. */
    default int found() {
        return delivery().attempts();
    }

    /**
     * Wait for at least {@code delay}, counted by Redis from when it writes this; behind others of its key, until
     * they have ended.
     *
     * @param delivery as it shall be kept, with the attempt that was just made
     * @param rest     the endpoint asked to be left alone for so long, whoever comes: no parked delivery of the
     *                 webhook is claimed before, and every pod is told by {@link Parking#wake}; zero: it did not ask
     */
    record Park(Delivery delivery, int found, Duration delay, Duration rest) implements Outcome {
        @Override
        public void writeTo(Writer writer) {
            writer.park(this);
        }

        public Park(Delivery delivery, int found, Duration delay) {
            this(delivery, found, delay, Duration.ZERO);
        }
    }

    /**
     * It came from the journal and is under way: it is parked under a lease of this pod, as the first of its key,
     * so that the journal needs it no more. No limit keeps it out.
     */
    record Keep(Delivery delivery) implements Outcome {
        @Override
        public void writeTo(Writer writer) {
            writer.keep(this);
        }
    }

    /**
     * It came from the journal, and of those of its slot only the youngest is to be delivered. It waits for
     * {@code quiet} from now or until {@code most} after the first of its burst, whichever ends first; a delivery of
     * the slot that still waits is superseded if it is older, else supersedes this one. While one of the slot is
     * claimed, the next waits until that has ended; if it comes back, or its lease runs out, it is superseded.
     * What is older than one that was claimed is superseded, too, even an hour later. The delivery's key does not
     * count.
     */
    record Merge(Delivery delivery, String slot, Duration quiet, Duration most) implements Outcome {
        @Override
        public void writeTo(Writer writer) {
            writer.merge(this);
        }
    }

    /**
     * Wait where it waited before it was claimed: it was not tried.
     *
     * @param place as the claim told it
     */
    record Return(Delivery delivery, long place) implements Outcome {
        @Override
        public void writeTo(Writer writer) {
            writer.giveBack(this);
        }
    }

    /**
     * Never try again unless asked.
     *
     * @param rest as of {@link Park}
     */
    record Bury(Delivery delivery, int found, String reason, Duration rest) implements Outcome {
        @Override
        public void writeTo(Writer writer) {
            writer.bury(this);
        }

        public Bury(Delivery delivery, int found, String reason) {
            this(delivery, found, reason, Duration.ZERO);
        }
    }

    /** Delivered or cancelled: forget the parked copy. */
    record Finish(Delivery delivery) implements Outcome {
        @Override
        public void writeTo(Writer writer) {
            writer.finish(this);
        }
    }

    /** What is to be written of each kind of outcome. */
    interface Writer {
        void park(Park park);

        void keep(Keep keep);

        void merge(Merge merge);

        void giveBack(Return back);

        void bury(Bury bury);

        void finish(Finish finish);
    }
}
