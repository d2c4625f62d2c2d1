package dev.sluice.ingest.decode;

import dev.sluice.http.ProblemException;
import dev.sluice.http.UnsaidType;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a request carries its events (CloudEvents HTTP binding 1.0, section 3, and two plain ways). */
public enum Format {
    JSON,
    STRUCTURED,
    BATCH,
    BINARY,
    NDJSON;

    static final String PREFIX = "ce-";

    private static final String ACCEPTED = "application/json, application/cloudevents+json,"
            + " application/cloudevents-batch+json, application/x-ndjson, or any with ce-* headers";
    private static final CharSequence CE_TYPE = HttpHeaders.createOptimized("ce-type");
    private static final CharSequence CE_SPEC_VERSION = HttpHeaders.createOptimized("ce-specversion");

    /** @throws ProblemException 415, naming what is accepted */
    public static Format of(MultiMap headers) {
        String header = headers.get(HttpHeaders.CONTENT_TYPE);
        if (header == null) {
            return binaryIfMarked(headers, "missing");
        }
        MediaType type = MediaType.parse(header);
        boolean structured = type.essence().startsWith("application/cloudevents");
        if (!structured && (headers.contains(CE_TYPE) || headers.contains(CE_SPEC_VERSION))) {
            return BINARY;
        }
        Format format = byEssence(type.essence());
        if (format == null) {
            return structured ? refuse(header) : binaryIfMarked(headers, header);
        }
        if (!type.isUtf8()) {
            throw unsupported("Content-Type: charset %s (expected: utf-8)".formatted(type.charset()));
        }
        return format;
    }

    private static @Nullable Format byEssence(String essence) {
        return switch (essence) {
            case "application/json" -> JSON;
            case "application/cloudevents+json" -> STRUCTURED;
            case "application/cloudevents-batch+json" -> BATCH;
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonl",
                    "application/jsonlines",
                    "application/x-jsonlines",
                    "application/json-lines" -> NDJSON;
            default -> null;
        };
    }

    private static Format binaryIfMarked(MultiMap headers, String contentType) {
        for (Map.Entry<String, String> header : headers) {
            if (isAttribute(header.getKey())) {
                return BINARY;
            }
        }
        return refuse(contentType);
    }

    static boolean isAttribute(String headerName) {
        return headerName.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    private static Format refuse(String contentType) {
        throw unsupported("Content-Type: %s (expected: %s)%s"
                .formatted(EventFaults.excerpt(contentType), ACCEPTED, UnsaidType.hint(contentType)));
    }

    private static ProblemException unsupported(String detail) {
        return Refusals.unsupported(detail).asException();
    }
}
