/**
 * Servers that do on purpose what real ones do now and then: each well, and none of it a failure. What real ones do is asked
 * of them where they are installed.
 */
package dev.sluice.delivery.send.museum;
