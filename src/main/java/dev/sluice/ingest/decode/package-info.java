@NullMarked
package dev.sluice.ingest.decode;

import org.jspecify.annotations.NullMarked;
