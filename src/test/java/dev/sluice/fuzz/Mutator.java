package dev.sluice.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Makes wrong inputs of right ones, the same for the same seed. */
final class Mutator {
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\",
            "/",
            "~",
            "~0",
            "~1",
            "*",
            "**",
            ".",
            "%",
            "%00",
            "%ff",
            "%c0%af",
            "_",
            "'",
            "(",
            ")",
            "-",
            "+",
            "0",
            "-0",
            "1e999",
            "1E-999",
            "9223372036854775808",
            "99999999999999999999",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "\\u0000",
            "\\ud800",
            "\\u",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u2028",
            "\ufeff",
            "é",
            "😀",
            "İ",
            "ß",
            "\r",
            "\n",
            "\r\n",
            "\t",
            " ",
            ";",
            "=",
            "&",
            "?",
            "#",
            "@",
            "$",
            "^",
            "|",
            "<",
            ">",
            "!",
            "`");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_-]{2,}|[^A-Za-z0-9_-]");

    private final SplittableRandom random;
    private final List<byte[]> seeds;
    private final List<byte[]> pieces = new ArrayList<>();

    Mutator(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new SplittableRandom(seed);
        PIECES.forEach(piece -> pieces.add(bytes(piece)));
        seeds.forEach(one -> WORDS.matcher(new String(one, StandardCharsets.UTF_8))
                .results()
                .limit(200)
                .forEach(word -> pieces.add(bytes(word.group()))));
    }

    byte[] next() {
        byte[] input = one(seeds);
        for (int i = random.nextInt(6); i >= 0; i--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + 1 + random.nextInt(8));
        byte[] part = Arrays.copyOfRange(input, at, Math.min(input.length, at + random.nextInt(40)));
        return switch (random.nextInt(9)) {
            case 0 -> spliced(input, at, Math.min(input.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 1, 2 -> spliced(input, at, at, one(pieces));
            case 3, 4 -> spliced(input, at, to, one(pieces));
            case 5 -> spliced(input, at, to, new byte[0]);
            case 6 -> spliced(input, at, at, repeated(part.length > 0 ? part : one(pieces)));
            case 7 -> crossed(input, at);
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(input, at) : spliced(input, at, to, part);
        };
    }

    /** Now and then as often as somebody would who means harm. */
    private byte[] repeated(byte[] part) {
        int times = random.nextInt(20) == 0 ? 1 + 4000 / part.length : 1 + random.nextInt(4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The beginning of one, and the end of another. */
    private byte[] crossed(byte[] input, int at) {
        byte[] other = one(seeds);
        int from = random.nextInt(other.length + 1);
        return spliced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
    }

    private byte[] one(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(with);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
