/**
 * How CMSs write webhooks down: the bodies, answers and errors of Strapi's admin API, and the records of Strapi and Cockpit
 * that are imported; between those and the webhooks of {@code /v1/webhooks}, which are what everything becomes. Only
 * {@code StrapiRoutes}, {@code ImportRoutes} and what saves for them, {@code WebhookImport} and {@code SourceWebhooks}, know a
 * request or a store.
 */
@NullMarked
package dev.sluice.admin.cms;

import org.jspecify.annotations.NullMarked;
