package dev.sluice.delivery.send.http;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors of the operating system, which the native transports of Netty name by their numbers, as Linux has them. */
final class Errno {
    /** {@code finishConnect(..) failed with error(-111): Connection refused: /10.0.0.1:80}, or a part of it. */
    private static final Pattern NUMBERED =
            Pattern.compile("(?:syscall:)?\\w*\\(\\.\\.\\) failed(?: with error\\(|:?.*errno: ?)(-?[0-9]{1,4})\\)?");

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(1, "not permitted, maybe by a firewall of this machine"),
            Map.entry(11, "no free local port, or not enough memory for another socket"),
            Map.entry(12, "not enough memory for another socket"),
            Map.entry(13, "not permitted, maybe by a firewall of this machine"),
            Map.entry(23, "this machine has too many open files"),
            Map.entry(24, "this process has too many open files"),
            Map.entry(32, "connection closed by the other side"),
            Map.entry(97, "addresses of this family are not supported here"),
            Map.entry(99, "no free local address or port"),
            Map.entry(100, "the network is down"),
            Map.entry(101, "the network is unreachable"),
            Map.entry(102, "connection dropped by the network"),
            Map.entry(103, "connection aborted"),
            Map.entry(104, "connection reset by the other side"),
            Map.entry(105, "no buffer space for another socket"),
            Map.entry(107, "not connected"),
            Map.entry(110, "connection timed out"),
            Map.entry(111, "connection refused"),
            Map.entry(112, "the host is down"),
            Map.entry(113, "no route to the host"));

    private Errno() {}

    /** The message with the number in words; any other as it is. */
    static String inWords(String message) {
        Matcher numbered = NUMBERED.matcher(message);
        if (!numbered.find()) {
            return message;
        }
        int number = Math.abs(Integer.parseInt(numbered.group(1)));
        String words = WORDS.getOrDefault(number, "the operating system refused it");
        int address = message.lastIndexOf(": ");
        String where = address >= numbered.end() ? message.substring(address) : "";
        return "%s (error %d)%s".formatted(words, number, where.contains("/") ? where : "");
    }
}
