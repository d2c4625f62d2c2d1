package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server did nothing of what it was asked, and says who does, or when.
 *
 * @param to null for {@link Kind#AGAIN}
 */
record Redirect(Kind kind, @Nullable RedisNode to) {
    enum Kind {
        /** The slot has another master. */
        MOVED,
        /** The slot is on its way to another master, and the key is there, or is to be made there. */
        ASK,
        /** The slot is on its way, and the keys of the command are not all on one side. */
        AGAIN
    }

    private static final Pattern LINE =
            Pattern.compile("(?:ERR \\[\\d+] )?(?:(MOVED|ASK) \\d+ (.*):(\\d+)|(TRYAGAIN)\\b.*)");

    /**
     * Null if it is something else, or if some of the commands were done: they must not be done again.
     *
     * @param commands that failed with it
     * @param asked    whose host is meant where it leaves it out
     */
    static @Nullable Redirect of(Throwable cause, int commands, RedisNode asked) {
        if (!(cause instanceof RedisUnavailable known) || known.trouble() != Trouble.CLUSTER) {
            return null;
        }
        List<String> lines = String.valueOf(cause.getMessage()).lines().toList();
        Redirect first = lines.size() == commands ? read(lines.get(0), asked) : null;
        boolean allSame = first != null && lines.stream().allMatch(line -> first.equals(read(line, asked)));
        return allSame ? first : null;
    }

    private static @Nullable Redirect read(String line, RedisNode asked) {
        Matcher said = LINE.matcher(line);
        if (!said.matches()) {
            return null;
        }
        if (said.group(4) != null) {
            return new Redirect(Kind.AGAIN, null);
        }
        String host = said.group(2).isEmpty() ? asked.host() : said.group(2);
        return new Redirect(Kind.valueOf(said.group(1)), RedisNode.of(host, Integer.parseInt(said.group(3))));
    }
}
