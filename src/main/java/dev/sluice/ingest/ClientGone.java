package dev.sluice.ingest;

/** The client went away before its request was whole; there is nobody to answer. */
final class ClientGone extends RuntimeException {
    ClientGone() {
        super("the client is gone", null, false, false);
    }
}
