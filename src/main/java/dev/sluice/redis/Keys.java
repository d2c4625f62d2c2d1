package dev.sluice.redis;

/** The names of all keys. What stands in braces is the hash tag: one script, one slot. */
public final class Keys {
    public static final String PREFIX = "sluice:";
    public static final String INSTALLATION = PREFIX + "installation";
    /** How many partitions and shards all pods have. */
    public static final String COUNTS = PREFIX + "counts";

    public static final String PULSE = PREFIX + "pulse";

    /** So many in a cluster, in place of {@link #PULSE}: one for each of its masters at least, if they are no more. */
    public static final int SPREAD_PULSES = 16;

    /** The event loops of all pods that share the keyed partitions, by when they are forgotten. */
    public static final String KEYED_READERS = PREFIX + "{keyed}:readers";

    /** The lives of all pods, by when they said that they go on. */
    public static final String ROLL = PREFIX + "{life}:roll";

    /** How to judge the roll. */
    public static final String ROLL_TERMS = PREFIX + "{life}:terms";

    /** Pods that drain, by when they will be over. */
    public static final String DRAINS = PREFIX + "{life}:drains";

    /** How many drains were ended by force. */
    public static final String DRAINS_FORCED = PREFIX + "{life}:forced";

    /** A pod does as the files of a folder say, and no other. */
    public static final String DECLARING = PREFIX + "declaring";

    /** What files said that pods did as. */
    public static final String DECLARED = PREFIX + "declared";

    /** How large the entries of the journal may be. */
    public static final String JOURNAL_SIZES = PREFIX + "{journal}:sizes";

    /** What happens now, for whoever looks. */
    public static final String TAIL = PREFIX + "{tail}:lines";

    /** Somebody looks. */
    public static final String TAIL_WANTED = PREFIX + "{tail}:wanted";

    /** What pods say of themselves, for people. */
    public static final String CARDS = PREFIX + "{system}:cards";

    private Keys() {}

    /** A key that never exists, in the slot of another one. */
    static String never(String beside) {
        int open = beside.indexOf('{');
        int close = beside.indexOf('}', open + 1);
        return open < 0 || close <= open + 1 ? "{" + beside + "}:-" : PREFIX + beside.substring(open, close + 1) + ":-";
    }

    /** One of {@link #SPREAD_PULSES}. */
    public static String pulse(int number) {
        return PREFIX + "{" + Tags.of("p" + number) + "}:pulse";
    }

    public static String events(String partition) {
        return PREFIX + "{" + Tags.of(partition) + "}:events";
    }

    /** The partition of an {@link #events} key. */
    public static String partitionOf(String eventsKey) {
        return Tags.name(eventsKey.substring(PREFIX.length() + 1, eventsKey.indexOf('}')));
    }

    public static String done(String partition, String eventId) {
        return PREFIX + "{" + Tags.of(partition) + "}:done:" + eventId;
    }

    public static String dedup(String partition, String digest) {
        return PREFIX + "{" + Tags.of(partition) + "}:dedup:" + digest;
    }

    /** Who reads a keyed partition, and in which epoch. */
    public static String lease(String partition) {
        return PREFIX + "{" + Tags.of(partition) + "}:lease";
    }

    /** In front of a delivery's id. */
    public static String delivery(String shard) {
        return PREFIX + "{" + Tags.of(shard) + "}:delivery:";
    }

    /** In front of the id of a large event, whose data lies there for all of its deliveries. */
    public static String body(String shard) {
        return PREFIX + "{" + Tags.of(shard) + "}:body:";
    }

    public static String due(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:due:" + webhookId;
    }

    public static String rest(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:rest:" + webhookId;
    }

    public static String rate(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:rate:" + webhookId;
    }

    /** What an endpoint was found to take. */
    public static String pace(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:pace:" + webhookId;
    }

    /** What endpoints asked all pods for: to be left alone, until when. */
    public static String rests(String shard) {
        return PREFIX + "{" + Tags.of(shard) + "}:rests";
    }

    public static String wake(String shard) {
        return PREFIX + "{" + Tags.of(shard) + "}:wake";
    }

    public static String dead(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:dead:" + webhookId;
    }

    /** Bytes of what is parked for the webhook. */
    public static String backlog(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:backlog:" + webhookId;
    }

    /** In front of an ordering key: the deliveries of the webhook that wait in its order. */
    public static String chain(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:chain:" + webhookId + ":";
    }

    /** The ordering keys of the webhook that have a chain. */
    public static String chains(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:chains:" + webhookId;
    }

    /** The bursts of the webhook's events that are being coalesced. */
    public static String bursts(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:bursts:" + webhookId;
    }

    /** What is parked in a shard, as it was counted last. */
    public static String waiting(String shard) {
        return PREFIX + "{" + Tags.of(shard) + "}:waiting";
    }

    /** The webhooks of a shard that have dead letters. */
    public static String graves(String shard) {
        return PREFIX + "{" + Tags.of(shard) + "}:graves";
    }

    /** The latest attempts of a webhook. */
    public static String attempts(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:attempts:" + webhookId;
    }

    /** How far a replay is; beside the deliveries that it parks, so that both are written at once. */
    public static String replayed(String shard, String replayId) {
        return PREFIX + "{" + Tags.of(shard) + "}:replayed:" + replayId;
    }

    /** A link to the portal that was used up. */
    public static String usedLink(String id) {
        return PREFIX + "{access}:used:" + id;
    }

    /** How the visit shall look that a link to the portal opens. */
    public static String look(String id) {
        return PREFIX + "{access}:look:" + id;
    }

    /** In front of a replay's id. */
    public static String replay() {
        return PREFIX + "{replay}:replay:";
    }

    /** The replays that run, by when they may be taken. */
    public static String replaysDue() {
        return PREFIX + "{replay}:due";
    }

    /** The latest replays of a webhook. */
    public static String replaysOf(String webhookId) {
        return PREFIX + "{replay}:of:" + webhookId;
    }

    /** What a source was seen to send. */
    public static String seen(String source) {
        return PREFIX + "{sources}:seen:" + source;
    }

    /** The last requests of a source that were refused. */
    public static String refused(String source) {
        return PREFIX + "{sources}:refused:" + source;
    }

    /** What the privacy rules of a source found. */
    public static String ruled(String source) {
        return PREFIX + "{sources}:ruled:" + source;
    }

    /** What is known of a webhook as a whole. */
    public static String state(String shard, String webhookId) {
        return PREFIX + "{" + Tags.of(shard) + "}:state:" + webhookId;
    }

    /** What was counted in each minute of an hour, of a webhook or of a tenant. */
    public static String minutes(String shard, long hour, String owner) {
        return PREFIX + "{" + Tags.of(shard) + "}:minutes:" + hour + ":" + owner;
    }

    /** As {@link #minutes}, in each hour of a day. */
    public static String hours(String shard, long day, String owner) {
        return PREFIX + "{" + Tags.of(shard) + "}:hours:" + day + ":" + owner;
    }
}
