package dev.sluice.redis.address;

/**
 * One server: a host with a port, or the socket of one on this machine. Immutable; any thread.
 *
 * @param at {@code host:port}, or the path of a socket
 */
public record RedisNode(String at) {
    private static final String SOCKET = "/";

    public static RedisNode of(String host, int port) {
        return new RedisNode((host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port);
    }

    /** As the client wants it, without user, password and database. */
    public String connection(boolean tls) {
        if (at.startsWith(SOCKET)) {
            return "unix://" + at;
        }
        return (tls ? "rediss://" : "redis://") + at;
    }

    /** Without the port. */
    public String host() {
        int colon = at.lastIndexOf(':');
        return colon < 0 ? at : at.substring(0, colon);
    }

    @Override
    public String toString() {
        return at;
    }
}
