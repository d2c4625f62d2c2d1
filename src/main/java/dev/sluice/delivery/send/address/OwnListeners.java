package dev.sluice.delivery.send.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Where this pod itself listens: a delivery to its own ingest would be an event again, and one to its own API would come
 * from a machine that the API may trust. Any thread.
 */
public final class OwnListeners {
    private final Set<Integer> ports = new CopyOnWriteArraySet<>();

    /** @param port that is listened on, on whatever address; 0 for one that is not known yet */
    public void add(int port) {
        if (port > 0) {
            ports.add(port);
        }
    }

    boolean isOwn(InetAddress address, int port) {
        return ports.contains(port) && isOfThisMachine(address);
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
