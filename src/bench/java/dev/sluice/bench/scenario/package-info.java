/** What is measured: a class each, and {@link dev.sluice.bench.scenario.Catalog} with all of them. */
@NullMarked
package dev.sluice.bench.scenario;

import org.jspecify.annotations.NullMarked;
