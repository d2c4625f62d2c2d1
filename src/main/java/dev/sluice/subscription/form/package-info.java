@NullMarked
package dev.sluice.subscription.form;

import org.jspecify.annotations.NullMarked;
