@NullMarked
package dev.sluice.admin.delivery;

import org.jspecify.annotations.NullMarked;
