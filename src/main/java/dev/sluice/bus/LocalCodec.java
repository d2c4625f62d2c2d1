package dev.sluice.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Hands messages over by reference. There is no wire: the bus is never clustered. */
final class LocalCodec implements MessageCodec<LocalMessage, LocalMessage> {
    private static final String NAME = "local";

    static void install(EventBus bus) {
        bus.registerCodec(new LocalCodec());
        bus.codecSelector(body -> body instanceof LocalMessage ? NAME : null);
    }

    @Override
    public LocalMessage transform(LocalMessage message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    @Override
    public void encodeToWire(Buffer buffer, LocalMessage message) {
        throw new UnsupportedOperationException("local only");
    }

    @Override
    public LocalMessage decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("local only");
    }
}
