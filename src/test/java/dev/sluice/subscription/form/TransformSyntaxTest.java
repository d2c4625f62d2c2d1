package dev.sluice.subscription.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "data.title ?? data.name ?? 'none'",
                "$ ~> |data|{\"x\": 1}, ['secret']|",
                "data.items[qty > 3 and price / 2 < 10]^(>price).{'sku': sku}",
                "$replace(data.url, /^https?:\\/\\//, '') /* the scheme */",
                "function($a, $b)<s-n?:s>{$a}",
                "($tax := function($n) { $n * 1.2 }; $map(data.items.price, $tax))",
            })
    void takesWhatCanBeRead(String expression) {
        assertThat(TransformSyntax.problem(expression)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~ ~                          | empty (expected: a JSONata expression, or none)",
                "a.b !                        | not JSONata: at character 5: Unknown operator: \"!\"",
                "{\"a\": 1                    | not JSONata: at character 7: Expected \"}\" before end of expression",
                "a /                          | not JSONata: at character 3: Unexpected end of expression",
                "a /* b                       | not JSONata: ends too early, or is not understood",
                "$match(a, /b{2,1}/)          | not JSONata: in a regular expression: Illegal repetition range",
                "($__evaluate_entry := x; 1)  | __evaluate is reserved",
                "$match(a, /b(?=c)/)          | the regular expression /b(?=c)/: look-around, atomic groups and their like are not available; (?:…), (?i) and (?<name>…) are",
                "function($a)<s+s+:s>{$a}     | the signature of a function is not understood, or has more than 10 parameters, or more than one +",
                "function($a)<(a](a*)*[b)>{$a} | the signature of a function is not understood, or has more than 10 parameters, or more than one +",
            })
    void saysWhatCannotBeRead(String expression, String problem) {
        assertThat(TransformSyntax.problem(expression)).isEqualTo(problem);
    }

    @Test
    void refusesAPathThatBindsTooManyVariables() {
        StringBuilder path = new StringBuilder("data");
        for (int i = 0; i < 17; i++) {
            path.append(".a@$v").append(i);
        }
        assertThat(TransformSyntax.problem(path.toString()))
                .isEqualTo("a path binds 17 variables with @, # or % (expected: at most 16)");
    }

    @Test
    void refusesWhatIsNestedTooDeeplyToBeRead() {
        assertThat(TransformSyntax.problem("(".repeat(8000) + "1" + ")".repeat(8000)))
                .isEqualTo("nested too deeply");
    }

    @Test
    void refusesDefaultsThatWouldTakeForEverToRead() {
        String nested = "(".repeat(40) + "a" + " ?? b)".repeat(40);
        assertThat(TransformSyntax.problem(nested))
                .isEqualTo("defaults with ?? or ?: on the left of each other, 40 deep (expected: at most 4)");
        assertThat(TransformSyntax.problem("{" + "'a': b ?: 1,".repeat(65) + "'z': 1}"))
                .isEqualTo("65 defaults with ?? or ?: (expected: at most 64)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a                                                | 0 | 0",
                "a ?? b                                           | 1 | 1",
                "a ? b : c                                        | 0 | 0",
                "a ?? b ?? c ?? d                                 | 3 | 1",
                "((a ?? b) ?? c) ?: d                             | 3 | 3",
                "{'a': b ?? 1, 'c': d ?? 2, 'e': (f ?? g).h ?? 3} | 4 | 2",
                "[(a ?? b); (c ?? d)] ?? e                        | 3 | 2",
                "'((a ?? b) ?? c)' & \"\\\"??\" & `?:`            | 4 | 0",
                "/* (a ?? */ b /* ) ?? */ ?? c                    | 3 | 1",
                "$f(a, /[,?\"]/) ?? (b ?? c) / 2                 | 2 | 2",
                "(a ?? b) ~> /x,(y?:z)/ ?? c                      | 3 | 2",
                "a / 2 ?? b                                       | 1 | 1",
                "(a ?? b) / c ?? d                                | 2 | 2",
                "a * / 2 /, (b ?? c) ?? d                         | 2 | 2",
                "a and /x/ ?? b                                   | 1 | 1",
                ")) a ?? b ((                                     | 1 | 1",
            })
    void countsDefaultsAndHowDeepTheyAreNested(String expression, int count, int nested) {
        assertThat(TransformDefaults.of(expression)).isEqualTo(new TransformDefaults(count, nested));
    }
}
