@NullMarked
package dev.sluice.bench.lab;

import org.jspecify.annotations.NullMarked;
