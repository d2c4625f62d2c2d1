package dev.sluice.boot;

import java.util.Objects;

/** The version of this build; {@code dev} where it runs from classes rather than from the jar. */
final class Version {
    private Version() {}

    static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
    }
}
