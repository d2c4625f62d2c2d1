package dev.sluice.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that no client of good will sends, whole ones all: to each there is something to answer. Seeded. */
final class StrangeRequests {
    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "get",
            "PROPFIND",
            "G(T",
            "X".repeat(300));
    private static final List<String> TARGETS = List.of(
            "/",
            "/%",
            "/%zz",
            "/%ff",
            "/%00",
            "/%c0%af",
            "*",
            "//",
            "/../..",
            "/.%2e/",
            "?",
            "#",
            "\\",
            "/a b",
            "/é",
            "v1/events",
            "http://localhost/v1/webhooks",
            "http://",
            "http://[/",
            "localhost:80",
            "/".repeat(3000),
            "/" + "a".repeat(5000),
            "/v1/webhooks",
            "/v1/webhooks/",
            "/v1/webhooks/%zz",
            "/v1/webhooks/%",
            "/v1/webhooks/%2",
            "/v1/webhooks/wh_1%2fx",
            "/v1/webhooks?tenant=%zz",
            "/v1/webhooks?tenant=%ff",
            "/v1/webhooks?limit=%",
            "/v1/webhooks?limit=x&limit=y",
            "/v1/webhooks?&&=;=&%3d",
            "/v1/webhooks?cursor=%00",
            "/v1/webhooks?cursor=é",
            "/v1/webhooks/import?source=%zz",
            "/v1/webhooks/wh_1/attempts?status=",
            "/v1/webhooks/wh_1/match",
            "/v1/webhooks/wh_1/test",
            "/v1/webhooks/wh_1/replay",
            "/v1/webhooks/wh_1/secret/rotate",
            "/v1/webhooks/wh_1/pause",
            "/v1/keys",
            "/v1/keys/%00",
            "/v1/dead-letters/purge",
            "/v1/dead-letters/%ff/retry",
            "/v1/dead-letters?cursor=zz",
            "/v1/deliveries/dlv_%zz",
            "/v1/deliveries/dlv_1/retry",
            "/v1/deliveries?webhook=%00&since=x",
            "/v1/events",
            "/v1/events?tenant=a",
            "/v1/events/%zz",
            "/v1/events/evt_%00",
            "/v1/event-types?source=%zz",
            "/v1/sources",
            "/v1/sources/%/events",
            "/v1/sources/strapi/events",
            "/v1/sources/cockpit/events?x=%",
            "/v1/sources/modyo/emit",
            "/v1/sources/%2e%2e/preview",
            "/admin/webhooks",
            "/admin/webhooks/%zz",
            "/admin/webhooks/1/trigger",
            "/openapi.yaml",
            "/metrics",
            "/metrics/%",
            "/health/live",
            "/health/ready",
            "/health/%zz",
            "/health/live?%zz");
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/0.9",
            "HTTP/1.2",
            "http/1.1",
            "HTTP/1.1x",
            "HTTP/",
            "");
    private static final List<String> HOSTS = List.of(
            "Host: localhost",
            "Host: localhost",
            "Host: localhost",
            "Host: localhost:8080",
            "Host: 127.0.0.1",
            "",
            "Host:",
            "Host: localhost\r\nHost: localhost",
            "Host: a b",
            "Host: localhost:x",
            "Host: localhost:99999",
            "Host: [::1",
            "Host: é",
            "Host: http://localhost",
            "Host: %zz",
            "Host: evil.example");
    private static final List<String> TYPES = List.of(
            "",
            "application/json",
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=\"",
            "text/plain",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/x-ndjson",
            "application/merge-patch+json",
            ";",
            "/",
            "a/b; charset=",
            "application/json; charset=x",
            "é");
    private static final List<String> EXTRAS = List.of(
            "",
            "",
            "No colon here",
            ": no name",
            "A\tB: tab",
            " folded: line",
            "X: a\r\n b",
            "X: \u0000",
            "X\u0000: a",
            "X: é",
            "X: " + "y".repeat(20_000),
            "Expect: 100-continue",
            "Expect: the-unexpected",
            "Connection: upgrade\r\nUpgrade: websocket",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: %%%",
            "Connection: Upgrade\r\nUpgrade: h2c",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x",
            "Connection: close",
            "Cookie: a=\"; =;;",
            "Authorization: Basic %%",
            "Authorization: Bearer",
            "Idempotency-Key: \"",
            "If-Match: 1",
            "If-Match: \"",
            "ce-type: %zz",
            "ce-type: a\r\nce-time: x",
            "Sluice-Hops: x",
            "Sluice-Hops: 99",
            "traceparent: x",
            "Origin: ::",
            "Sec-Fetch-Site: cross-site",
            "Range: bytes=x",
            "Content-Encoding: gzip",
            "Accept-Encoding: ,;q=x",
            "Accept: ,,");
    private static final List<String> BODIES = List.of(
            "",
            "",
            "{}",
            "a=b",
            "a=%zz&%",
            "\u0000",
            "[",
            "[]",
            "[{}]",
            "{\"type\":\"a\"}",
            "null",
            "{\"url\":5}",
            "--x\r\n\r\n--x--",
            "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"%\"\r\n\r\nb\r\n--x--",
            "[".repeat(3000),
            "\"\\ud800\"",
            "é");
    private static final List<String> FRAMES = List.of(
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 1\r\nContent-Length: 2",
            "Content-Length: 99999999999999999999",
            "Content-Length: 1, 2",
            "Transfer-Encoding: gzip, identity",
            "Transfer-Encoding: chunked\r\nContent-Length: x");

    private final SplittableRandom random;

    StrangeRequests(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * @param head   whether no body is to be expected in the answer
     * @param strapi whether errors have Strapi's form
     */
    record Strange(byte[] bytes, boolean head, boolean strapi, boolean upgrade) {
        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.substring(0, Math.min(400, text.length())).replace("\r\n", "⏎");
        }
    }

    Strange next() {
        String method = one(METHODS);
        String target = one(TARGETS);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        add(head, method + " " + target + " " + one(VERSIONS));
        String extra = one(EXTRAS);
        for (String line : List.of(one(HOSTS), extra)) {
            if (!line.isEmpty()) {
                add(head, line);
            }
        }
        String type = one(TYPES);
        if (!type.isEmpty()) {
            add(head, "Content-Type: " + type);
        }
        body(head);
        return new Strange(
                mutated(head.toByteArray()),
                method.equals("HEAD"),
                target.contains("/admin/webhooks"),
                extra.endsWith("h2c") || extra.contains("%%%"));
    }

    private void body(ByteArrayOutputStream head) {
        String body = one(BODIES);
        switch (random.nextInt(8)) {
            case 0 -> {
                add(head, one(FRAMES));
                add(head, "");
            }
            case 1 -> {
                add(head, "Transfer-Encoding: chunked");
                add(head, "");
                add(head, "zz\r\n" + body);
            }
            case 2 -> {
                add(head, "Transfer-Encoding: chunked");
                add(head, "");
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                add(
                        head,
                        bytes.length == 0 ? "0\r\n" : Integer.toHexString(bytes.length) + "\r\n" + body + "\r\n0\r\n");
            }
            default -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                add(head, "Content-Length: " + bytes.length);
                add(head, "");
                head.writeBytes(bytes);
            }
        }
    }

    /** One of ten has a byte of its first line changed, though never an end of line. */
    private byte[] mutated(byte[] bytes) {
        if (random.nextInt(10) == 0) {
            int at = random.nextInt(8);
            byte wild = (byte) random.nextInt(256);
            bytes[at] = wild == '\r' || wild == '\n' ? 0 : wild;
        }
        return bytes;
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static void add(ByteArrayOutputStream out, String line) {
        out.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
