package dev.sluice.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRegexTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^https?:\\/\\/([^\\/]+)",
                "(\\d{4})-(\\d{2})-(\\d{2})",
                "\\u00e4|\\xe4|[\\u00e0-\\u00ff]",
                "a.c",
                "[.\\s\\]\\-]+",
                "\\s+",
                "\\S+",
                "(?i)hello|(?m)^x",
                "(?i:A)b",
                "(?<year>\\d+)",
                "\\Qa.b\\E",
                "[\\Qa-c\\E]+",
                "a{2,3}?",
                "\\$\\{x\\}",
                "\\p{L}+\\p{Nd}?",
                "[]a]+",
                "[^]a]+",
                "\\bword\\b",
                "(?s)a.b",
                "(?s:a.b)|.",
                "(?is)A.B",
                "(?s)(?:a.(?-s)b.)|a.",
                "((?s)a.)|a.",
                "(?s)(?i-s:A.)|a.",
                "(?-s)a.|(?s)b.",
                "\\ud83d\\ude00",
                "\\uD83D\\uDE00+\\u00e4?",
                "[\\ud83d\\ude00-\\ud83d\\ude02]+",
                "[^\\ud83d\\ude00]",
                "[a\\S]+",
                "[^\\S]+",
                "[^b\\S]+",
                "[\\S-]+",
                "[\\s-a]+",
                "\\x0B|\\x00|[\\x00-\\x08]",
                "a$",
                "\\Aa|b\\z",
                "x*",
                "",
            })
    void findsWhatJavaFinds(String pattern) {
        for (String text : List.of(
                "https://a.b/c",
                "on 2026-11-27 and 2025-01-02",
                "ä à a",
                "abc a\rc a\u2028c a c",
                "a.b]-c",
                "\u000b x\t",
                "hello HELLO\nx",
                "Ab AB",
                "12",
                "a.b axb a-c b",
                "aaaa",
                "${x}",
                "Größe7",
                "]]aab",
                "a word, words",
                "a\nb A\nB a\u2028b\na\nb",
                "a\nb\n b",
                "😀ä😁 😂 x😀😀",
                "a\u000b\u000b-\u0000\u0007 b]`A",
                "")) {
            assertThat(linear(pattern, text)).as(text).isEqualTo(java(pattern, text));
        }
    }

    @Test
    void findsWhatJavaFindsInWhateverIsMadeByChance() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 3000; i++) {
            String pattern = pattern(random, 3);
            String text = text(random);
            assertThat(linear(pattern, text)).as("/%s/ on %s", pattern, text).isEqualTo(java(pattern, text));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a(?=b)               | look-around, atomic groups and their like are not available",
                "(?<!a)b              | look-around, atomic groups and their like are not available",
                "(?>a)                | look-around, atomic groups and their like are not available",
                "(?U)a                | look-around, atomic groups and their like are not available",
                "(a)\\1               | references to groups are not available",
                "a*+                  | possessive quantifiers are not available",
                "a{2}+                | possessive quantifiers are not available",
                "[a-z&&[^b]]          | a class in a class and && are not available",
                "[a[bc]]              | a class in a class and && are not available",
                "(?:(?:a{10}){100}){9}| it is too large with its repetitions written out",
                "(?:(?:){1000000000}){1000000000} | it is too large with its repetitions written out",
                "a{1001}              | invalid repeat count: {1001}",
                "\\X                  | invalid escape sequence: \\X",
                "\\ud83d              | half a character: write both halves, as in \\ud83d\\ude00",
                "\\ude00\\ud83d        | half a character: write both halves, as in \\ud83d\\ude00",
                "[\\ud83d-\\ud83e]     | half a character: write both halves, as in \\ud83d\\ude00",
                "a\\v                 | \\v is not available: write [\\n\\x0B\\f\\r\\x85\\u2028\\u2029]",
                "[^\\v]               | \\v is not available: write \\n\\x0B\\f\\r\\x85\\u2028\\u2029",
                "\\0101               | \\0 is not available: write \\x and two hexadecimal digits",
                "[\\07]               | \\0 is not available: write \\x and two hexadecimal digits",
                "\\p{IsLatin}         | invalid character class range: \\p{IsLatin}",
            })
    void saysWhatItDoesNotHave(String pattern, String problem) {
        assertThat(LinearRegex.problem(Pattern.compile(pattern)))
                .contains(problem)
                .startsWith("the regular expression /");
    }

    /** The differences that package-info names; each list is what is found in the text. */
    @Test
    void differsFromJavaWhereJavaScriptDoes() {
        assertThat(linear("a$", "a\n")).isEmpty();
        assertThat(linear("(?i)Ä|k", "ä\u212a")).containsExactly("0:ä", "1:\u212a");
        assertThat(linear("\\be", "ée")).containsExactly("1:e");
    }

    @Test
    void knowsNoLineBreakBesideTheLineFeedWithM() {
        assertThat(linear("(?m)a$|^b", "a\r\nb")).containsExactly("3:b");
        assertThat(linear("(?m)^b", "a\rb")).isEmpty();
        assertThat(linear("(?m)^", "a\n")).containsExactly("0:", "2:");
    }

    @Test
    void boundsWhatOneCharacterCosts() {
        assertThat(LinearRegex.of(Pattern.compile("(\\d{4})-(\\d{2})")).cost()).isLessThan(50);
        assertThat(LinearRegex.problem(Pattern.compile("()".repeat(101)))).contains("more than 100 groups");
        assertThat(LinearRegex.of(Pattern.compile("()".repeat(100) + "[a-z]{1,40}"))
                        .cost())
                .isLessThan(20 * RegexReader.MOST_SIZE);
    }

    private static List<String> linear(String pattern, String text) {
        Matcher matcher = LinearRegex.of(Pattern.compile(pattern)).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.start() + ":" + matcher.group());
        }
        return found;
    }

    private static List<String> java(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.start() + ":" + match.group())
                .toList();
    }

    private static String pattern(SplittableRandom random, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            pattern.append(atom(random, depth));
            // A group that may be empty is not repeated: the dialects differ in how often they go round.
        }
        return pattern.toString();
    }

    private static String atom(SplittableRandom random, int depth) {
        List<String> quantifiers = List.of("", "", "*", "+", "?", "*?", "+?", "{1,2}", "{2}", "{0,3}?");
        String quantifier = quantifiers.get(random.nextInt(quantifiers.size()));
        List<String> leaves = List.of(
                "a", "b", ".", "[ab]", "[^a]", "\\s", "\\w", "\\d", "\\u0061", "\\.", "[a\\s-]", "(?s:.)", "[b\\S]");
        if (depth == 0 || random.nextInt(3) > 0) {
            return leaves.get(random.nextInt(leaves.size())) + quantifier;
        }
        String inner = pattern(random, depth - 1);
        return random.nextBoolean() ? "(" + inner + ")" : "(?:" + inner + "|" + pattern(random, depth - 1) + ")";
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("aab.b1 \n\u000b-\r".charAt(random.nextInt(11)));
        }
        return text.toString();
    }
}
