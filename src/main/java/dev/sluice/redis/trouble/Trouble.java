package dev.sluice.redis.trouble;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why Redis cannot do now what it is asked, as its answers begin; anything else that it refuses is a mistake of ours. */
public enum Trouble {
    AWAY("Redis does not answer", ""),
    LOADING("Redis still reads its data", "LOADING"),
    READ_ONLY("Redis is a replica and takes no writes (expected: the address of the master)", "READONLY"),
    CANNOT_SAVE("Redis cannot write to its disk, and takes no writes until it can; its log says why", "MISCONF"),
    NO_REPLICAS("Redis takes no writes while it has too few replicas (min-replicas-to-write)", "NOREPLICAS"),
    FULL("Redis is full (maxmemory)", "OOM"),
    NO_ACCESS("Redis wants another user or password, or one who may do more", "NOAUTH WRONGPASS NOPERM"),
    BUSY("Redis runs a script of somebody that does not end", "BUSY"),
    PART_AWAY("a part of the cluster cannot be reached: events and deliveries that belong there wait", ""),
    NO_MASTER("Redis has lost its master", "MASTERDOWN"),
    CLUSTER("the cluster cannot serve the key now", "CLUSTERDOWN TRYAGAIN MOVED ASK"),
    FORGOTTEN_SCRIPT("Redis has forgotten a script, and is told it again", "NOSCRIPT"),
    EVICTS("Redis evicts keys, so that accepted events and webhooks may vanish", ""),
    SHORT_OF_MEMORY("memory runs short: deliveries go on, and events are taken again when there is room", ""),
    NOT_ON_DISK("Redis cannot say when an event is on its disk", ""),
    FEW_REPLICAS("Redis has too few replicas", ""),
    REFUSES("Redis refuses what is asked of it", "");

    private static final Pattern CODE = Pattern.compile("^(?:ERR \\[\\d+] )?(\\w+)");

    /** A batch tells as an answer what was none: the exception of a connection that broke, by the name of its class. */
    private static final Pattern BROKEN =
            Pattern.compile("^(?:ERR \\[\\d+] )?(?:CONNECTION_CLOSED|\\w+(?:\\.[\\w$]+)+)");

    private final String sentence;
    /** Separated by spaces. */
    private final String codes;

    Trouble(String sentence, String codes) {
        this.sentence = sentence;
        this.codes = codes;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }

    /** As the value of a tag. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null for an answer that says "not like this" rather than "not now". */
    public static @Nullable Trouble of(Throwable cause) {
        if (cause instanceof RedisUnavailable known) {
            return known.trouble();
        }
        String message = String.valueOf(cause.getMessage());
        boolean isAnswer = cause instanceof Response response && response.type() == ResponseType.ERROR;
        String code = code(message);
        return Arrays.stream(values())
                .filter(trouble -> List.of(trouble.codes.split(" ")).contains(code))
                .findFirst()
                .orElse(isAnswer && !BROKEN.matcher(message).lookingAt() ? null : AWAY);
    }

    /** Its first word; a batch puts {@code ERR [index]} in front. */
    private static String code(String message) {
        Matcher code = CODE.matcher(message);
        return code.find() ? code.group(1) : "none";
    }
}
