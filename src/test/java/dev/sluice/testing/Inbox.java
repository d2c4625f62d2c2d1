package dev.sluice.testing;

import dev.sluice.bus.Channel;
import dev.sluice.bus.LocalMessage;
import java.util.ArrayList;
import java.util.List;

/** What is sent to a channel, for a test thread to look at. */
public final class Inbox<T extends LocalMessage> {
    private final Loop loop;
    private final Channel<T> channel;

    // confined to the loop
    private final List<T> received = new ArrayList<>();

    public Inbox(Loop loop, Channel<T> channel) {
        this.loop = loop;
        this.channel = channel;
        loop.get(() -> channel.consume(received::add));
    }

    public Channel<T> channel() {
        return channel;
    }

    /** Everything that was sent before, from this thread or the loop. */
    public List<T> received() {
        loop.run(() -> {}); // behind what was sent
        loop.run(() -> {}); // and behind what that was handed on to
        List<T> copy = new ArrayList<>();
        loop.run(() -> copy.addAll(received));
        return copy;
    }
}
