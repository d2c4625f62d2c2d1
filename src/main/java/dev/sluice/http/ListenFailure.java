package dev.sluice.http;

/** A listener could not take its address. The message is one line that names the setting; there is no stack trace. */
public final class ListenFailure extends RuntimeException {
    /** @param setting of the port, such as {@code http.port} */
    public ListenFailure(String setting, int port, String host, Throwable cause) {
        super(
                "%s: %d cannot be listened on at %s: %s (expected: a free port of this machine)"
                        .formatted(setting, port, host, reason(cause)),
                null,
                false,
                false);
    }

    /** Netty's native transport says which call failed with which number, then what it means. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
    }
}
