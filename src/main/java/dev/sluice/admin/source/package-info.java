@NullMarked
package dev.sluice.admin.source;

import org.jspecify.annotations.NullMarked;
