package dev.sluice.delivery.policy;

/** How many tokens were used in about one span: the last whole one or the one under way, whichever saw more. */
final class RecentUse {
    private final long span;
    private boolean any;
    private long began;
    private int current;
    private int before;

    /** @param span nanoseconds */
    RecentUse(long span) {
        this.span = span;
    }

    void add(long now) {
        turn(now);
        current++;
    }

    int count(long now) {
        turn(now);
        return Math.max(before, current);
    }

    private void turn(long now) {
        if (!any) {
            any = true;
            began = now;
        }
        long passed = (now - began) / span;
        if (passed > 0) {
            before = passed == 1 ? current : 0;
            current = 0;
            began += passed * span;
        }
    }
}
