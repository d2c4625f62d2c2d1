/**
 * The REST API: everything but ingest.
 *
 * <h2>How it works</h2>
 *
 * Each resource is one class of {@link dev.sluice.admin.web.Routes}, which hangs functions from {@link dev.sluice.admin.web.Call}
 * to {@link dev.sluice.admin.web.Reply} on a {@link dev.sluice.admin.web.Mount}. The mount does what must not be forgotten
 * anywhere: it admits the caller before a byte of the body is read, bounds the body, and answers a wrong method. What goes
 * wrong is thrown or failed, and becomes a problem in one place, {@link dev.sluice.admin.web.ProblemHandler}.
 *
 * <p>{@link dev.sluice.admin.cms.StrapiRoutes} is another system's API over the same webhooks: its shapes and errors are made
 * in {@code admin.cms}, and a webhook that comes of it is one of {@code /v1/webhooks} like any other.
 *
 * <p>Every route stands in {@code openapi.yaml}; a test holds the two against each other.
 */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
