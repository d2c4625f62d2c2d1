/**
 * As whom a listener shows itself over TLS, and that it may be another one later. Versions are TLS 1.2 and 1.3 (RFC 9325,
 * section 3.1.1), protocols {@code h2} and {@code http/1.1} by ALPN; the engine is the JDK's. Where it comes from:
 * {@code boot.tls}.
 */
@NullMarked
package dev.sluice.http.tls;

import org.jspecify.annotations.NullMarked;
