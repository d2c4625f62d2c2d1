package dev.sluice.admin.web;

/** The routes of one resource. */
@FunctionalInterface
public interface Routes {
    void on(Mount mount);
}
