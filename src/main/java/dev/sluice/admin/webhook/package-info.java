@NullMarked
package dev.sluice.admin.webhook;

import org.jspecify.annotations.NullMarked;
