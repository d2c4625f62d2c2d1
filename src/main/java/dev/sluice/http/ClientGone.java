package dev.sluice.http;

/** The client went away before its request was whole, or was answered meanwhile; there is nobody to answer. */
public final class ClientGone extends RuntimeException {
    public ClientGone() {
        super("the client is gone", null, false, false);
    }
}
