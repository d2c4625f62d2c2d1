package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that Redis holds at one moment, as the commands that store it again, a line each. */
public final class StoredKeys {
    /** By which what is in the files was sealed. */
    public static final String SECRETS_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /** Nothing in the files is too old to be kept. */
    public static final Map<String, String> SETTINGS = Map.of(
            "SLUICE_SECRETS_KEY", SECRETS_KEY,
            "SLUICE_DELIVERY_PARKING_MAX_AGE", "36500d",
            "SLUICE_DELIVERY_DEAD_LETTER_RETENTION", "36500d");

    private static final Path FILES = Path.of("src", "test", "resources", "stored");

    /** Of streams also their readers, and what these have in hand. */
    private static final String SNAPSHOT = """
            local all = {}
            local function hex(byte) return ('%02x'):format(byte:byte()) end
            local function add(...)
              local words = {...}
              for i, word in ipairs(words) do
                if words[i - 1] == '$packed' then words[i] = {hex = (word:gsub('.', hex))} end
              end
              all[#all + 1] = cjson.encode(words)
            end
            local function many(words, values)
              for _, value in ipairs(values) do words[#words + 1] = value end
              add(unpack(words))
            end
            local function stream(key)
              for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do many({'XADD', key, entry[1]}, entry[2]) end
              for _, group in ipairs(redis.call('XINFO', 'GROUPS', key)) do
                add('XGROUP', 'CREATE', key, group[2], group[8], 'MKSTREAM')
                for _, held in ipairs(redis.call('XPENDING', key, group[2], '-', '+', 10000)) do
                  add('XCLAIM', key, group[2], held[2], '0', held[1], 'FORCE', 'JUSTID')
                end
              end
            end
            local keys = redis.call('KEYS', '*')
            table.sort(keys)
            for _, key in ipairs(keys) do
              local kind = redis.call('TYPE', key).ok
              if kind == 'string' then add('SET', key, redis.call('GET', key))
              elseif kind == 'hash' then many({'HSET', key}, redis.call('HGETALL', key))
              elseif kind == 'list' then many({'RPUSH', key}, redis.call('LRANGE', key, 0, -1))
              elseif kind == 'set' then many({'SADD', key}, redis.call('SMEMBERS', key))
              elseif kind == 'zset' then
                local found = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
                for i = 1, #found, 2 do add('ZADD', key, found[i + 1], found[i]) end
              else stream(key) end
              local left = redis.call('PTTL', key)
              if left >= 0 then add('PEXPIRE', key, tostring(left)) end
            end
            return {ok = '[' .. table.concat(all, ',') .. ']'}
            """;

    private static final String RESTORE = """
            local words = cjson.decode(ARGV[1])
            local function byte(hex) return string.char(tonumber(hex, 16)) end
            for i, word in ipairs(words) do
              if type(word) == 'table' then words[i] = word.hex:gsub('..', byte) end
            end
            return redis.call(unpack(words))
            """;

    private StoredKeys() {}

    public static List<String> snapshot(RedisServer redis) {
        String answer = redis.command("EVAL", SNAPSHOT, "0");
        assertThat(answer).startsWith("+[");
        return new JsonArray(answer.substring(1))
                .stream().map(command -> ((JsonArray) command).encode()).toList();
    }

    /** Of all versions. */
    public static List<String> files() {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Of {@code src/test/resources/stored}. */
    public static List<String> file(String name) {
        try {
            return Files.readAllLines(FILES.resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The data of the events of a type, in no order. */
    public static List<JsonObject> events(List<String> commands, String type) {
        return commands.stream()
                .map(command ->
                        new JsonArray(command).stream().map(String::valueOf).toList())
                .filter(words -> words.get(0).equals("XADD") && words.get(1).endsWith(":events"))
                .filter(words -> words.get(1 + words.indexOf("type")).equals(type))
                .map(words -> new JsonObject(words.get(1 + words.lastIndexOf("$data"))))
                .toList();
    }

    /** Beside what is there. */
    public static void load(RedisServer redis, List<String> commands) {
        for (String command : commands) {
            load(redis, command);
        }
    }

    /** What is no text is said in digits: {@code {"hex":"00ff"}}. */
    public static void load(RedisServer redis, String command) {
        assertThat(redis.command("EVAL", RESTORE, "0", command)).as(command).doesNotStartWith("-");
    }
}
