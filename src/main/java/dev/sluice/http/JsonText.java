package dev.sluice.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Checksum;

/**
 * One JSON value as the bytes that came. It is read as a stream of tokens, once, and never as a tree; pieces of it are
 * cut out by their offsets, so that what is passed on is what was sent. A byte order mark before it is not part of it
 * (RFC 8259, section 8.1): it could not stand where the value is put into other text.
 */
public final class JsonText {
    /** Names are not interned: those of `data` are the producer's, and would fill the table. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Buffer owner;
    private final byte[] bytes;
    private final int from;
    private final int to;

    /**
     * @param owner the buffer to cut pieces from; nobody may write to it again
     * @param bytes the bytes of {@code owner}
     */
    public JsonText(Buffer owner, byte[] bytes, int from, int to) {
        this.owner = owner;
        this.bytes = bytes;
        this.from = isMark(bytes, from, to) ? from + 3 : from;
        this.to = to;
    }

    private static boolean isMark(byte[] bytes, int from, int to) {
        return to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
    }

    public static JsonText of(Buffer body) {
        return new JsonText(body, body.getBytes(), 0, body.length());
    }

    /** Walks the tokens of one value. */
    @FunctionalInterface
    public interface Walk<T> {
        /** @param parser stands on the first token of the value; left on its last one */
        T over(JsonParser parser) throws IOException;
    }

    /**
     * @throws ProblemException 400 {@code malformed-json} for what is not UTF-8, not JSON (RFC 8259), nested too deeply,
     *     or more than one value; and whatever the walk throws
     */
    public <T> T read(Walk<T> walk) {
        requireUtf8();
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            if (parser.nextToken() == null) {
                throw malformed("empty (expected: a JSON value)");
            }
            T result = walk.over(parser);
            if (parser.nextToken() != null) {
                throw malformed(at(parser.currentTokenLocation())
                        + "more after the end of the value (expected: one JSON value)");
            }
            return result;
        } catch (JsonProcessingException refused) {
            throw malformed(at(refused.getLocation()) + firstClause(refused.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * As {@link #read}, but reads no further than the walk goes: for what is known to be JSON.
     *
     * @param walk may leave the parser anywhere
     * @throws ProblemException 400 {@code malformed-json} for what is not JSON up to there
     */
    public <T> T begin(Walk<T> walk) {
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            parser.nextToken();
            return walk.over(parser);
        } catch (JsonProcessingException refused) {
            throw malformed(at(refused.getLocation()) + firstClause(refused.getOriginalMessage()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @throws ProblemException as {@link #read} */
    public void check() {
        read(JsonParser::skipChildren);
    }

    /** The bytes between two offsets that the parser told; shares memory with the body. */
    public Buffer slice(long start, long end) {
        return owner.slice(from + (int) start, from + (int) end);
    }

    /** As they came; shares memory with the body. */
    public Buffer bytes() {
        return owner.slice(from, to);
    }

    public void addTo(Checksum checksum) {
        checksum.update(bytes, from, to - from);
    }

    public int length() {
        return to - from;
    }

    /** The text itself, for messages and tests. */
    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void requireUtf8() {
        int wrong = Utf8.firstMalformed(bytes, from, to);
        // A NUL so early makes the parser guess UTF-16 or UTF-32; in JSON in UTF-8 it cannot stand there.
        for (int i = from; wrong < 0 && i < Math.min(from + 4, to); i++) {
            wrong = bytes[i] == 0 ? i : -1;
        }
        if (wrong >= 0) {
            throw malformed("byte %d: 0x%02X (expected: UTF-8)".formatted(wrong - from, bytes[wrong]));
        }
    }

    private static String at(JsonLocation location) {
        return location == null
                ? ""
                : "byte %d, line %d, column %d: "
                        .formatted(location.getByteOffset(), location.getLineNr(), location.getColumnNr());
    }

    /** Jackson's messages go on with where an object started, as "(start marker at [Source: …", and lists of tokens. */
    private static String firstClause(String message) {
        int end = message.indexOf(" (start marker");
        return end < 0 ? message : message.substring(0, end);
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(400, "malformed-json", "Malformed JSON", detail).asException();
    }
}
