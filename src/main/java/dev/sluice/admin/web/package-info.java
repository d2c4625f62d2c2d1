/** The small web kit of the API: a call, its form and its reply, where routes are mounted, and how errors are answered. */
@NullMarked
package dev.sluice.admin.web;

import org.jspecify.annotations.NullMarked;
