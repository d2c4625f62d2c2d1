package dev.sluice.testing;

import org.opentest4j.TestAbortedException;

/** Of a test that needs what is not here. A build counts those that are left out and keeps their reasons to itself. */
public final class LeftOut {
    private LeftOut() {}

    /** Says why, where the build is read. To be thrown. */
    public static TestAbortedException because(String reason) {
        String said = "Left out, " + reason;
        System.out.println(said);
        return new TestAbortedException(said);
    }
}
