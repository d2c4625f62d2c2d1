package dev.sluice.admin;

/** The routes of one resource. */
@FunctionalInterface
public interface Routes {
    void on(Mount mount);
}
