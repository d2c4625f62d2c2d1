package dev.sluice.console;

import dev.sluice.admin.web.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Nobody changes the buffers. */
record ConsoleFile(String type, Buffer plain, Buffer gzip) {
    /** As the client can read it. */
    Reply reply(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean isPacked = accepted != null && accepted.contains("gzip");
        Reply reply = Reply.content(type, isPacked ? gzip : plain).with(HttpHeaders.VARY, "Accept-Encoding");
        return isPacked ? reply.with(HttpHeaders.CONTENT_ENCODING, "gzip") : reply;
    }
}
