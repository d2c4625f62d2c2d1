package dev.sluice.delivery.send.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;

/**
 * Where this pod itself listens: a delivery to its own ingest would be an event again, and one to its own API would come
 * from a machine that the API may trust. Any thread.
 */
public final class OwnListeners {
    private final Set<Integer> ports = new CopyOnWriteArraySet<>();
    private final Predicate<String> receivers;

    public OwnListeners() {
        this(path -> false);
    }

    /** @param receivers paths with their query, at which this pod receives webhooks itself, and nothing else comes of them */
    public OwnListeners(Predicate<String> receivers) {
        this.receivers = receivers;
    }

    /**
     * One more, as soon as it is known: the system may have chosen it.
     *
     * @param port that is listened on, on whatever address; 0 for one that is not known yet
     */
    public void add(int port) {
        if (port > 0) {
            ports.add(port);
        }
    }

    boolean isOwn(InetAddress address, int port, String pathAndQuery) {
        return ports.contains(port) && isOfThisMachine(address) && !receivers.test(pathAndQuery);
    }

    private static boolean isOfThisMachine(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
