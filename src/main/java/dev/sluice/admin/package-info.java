/**
 * The REST API: everything but ingest.
 *
 * <h2>How it works</h2>
 *
 * Each resource is one class of {@link dev.sluice.admin.Routes}, which hangs functions from {@link dev.sluice.admin.Call}
 * to {@link dev.sluice.admin.Reply} on a {@link dev.sluice.admin.Mount}. The mount does what must not be forgotten
 * anywhere: it admits the caller before a byte of the body is read, bounds the body, and answers a wrong method. What goes
 * wrong is thrown or failed, and becomes a problem in one place, {@link dev.sluice.admin.ProblemHandler}.
 *
 * <p>Every route stands in {@code openapi.yaml}; a test holds the two against each other.
 */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
