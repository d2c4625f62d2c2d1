package dev.sluice.bench.worker;

import io.vertx.core.buffer.Buffer;

/** POSTs that create webhooks, which differ in the numbers of their type and tenant. */
final class WebhookRequests implements Requests {
    private final Template request;
    private final int types;
    private final int tenants;

    /** @param webhook JSON with {@code #} for the type's digits, {@code $} for the tenant's */
    WebhookRequests(String authority, String webhook, int types, int tenants) {
        this.request = Template.of(
                "POST /v1/webhooks HTTP/1.1\r\nhost: %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                        .formatted(authority, webhook.length(), webhook));
        this.types = types;
        this.tenants = tenants;
    }

    @Override
    public int perRequest() {
        return 1;
    }

    @Override
    public Buffer opening() {
        return Buffer.buffer();
    }

    @Override
    public Buffer closing() {
        return Buffer.buffer();
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public Buffer next(long sequence, int connection, long dueMicros) {
        byte[] bytes = new byte[request.length()];
        int type = (int) (sequence % types);
        int tenant = (int) (sequence / types % tenants);
        request.write(bytes, 0, new Template.Numbers(0, sequence, sequence, dueMicros, type, tenant));
        return Buffer.buffer(bytes);
    }
}
