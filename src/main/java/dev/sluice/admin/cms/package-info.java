/**
 * How CMSs write webhooks down: the bodies, answers and errors of Strapi's admin API, and the records of Strapi and Cockpit
 * that are imported. Between those and the webhooks of {@code /v1/webhooks}, which are what everything becomes: nothing
 * here knows a request or a store.
 */
@NullMarked
package dev.sluice.admin.cms;

import org.jspecify.annotations.NullMarked;
