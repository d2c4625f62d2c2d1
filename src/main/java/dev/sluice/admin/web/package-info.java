@NullMarked
package dev.sluice.admin.web;

import org.jspecify.annotations.NullMarked;
