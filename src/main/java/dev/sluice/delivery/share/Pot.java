package dev.sluice.delivery.share;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Something that the lanes of all event loops draw on, and how much of it they hold. Any thread. */
final class Pot {
    final Share share;
    final AtomicInteger number = new AtomicInteger();
    final AtomicLong bytes = new AtomicLong();

    Pot(Share share) {
        this.share = share;
    }
}
