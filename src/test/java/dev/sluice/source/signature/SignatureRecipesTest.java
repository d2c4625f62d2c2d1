package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Field;
import dev.sluice.http.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe may say. */
class SignatureRecipesTest extends SignatureHarness {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | /from",
                "{'from':'nowhere'}                                          | /from",
                "{'from':'header:A','algorithm':'md5'}                       | /algorithm",
                "{'from':'header:A','algorithm':'ed25519'}                   | /algorithm",
                "{'from':'header:A','encoding':'rot13'}                      | /encoding",
                "{'from':'header:A','secretEncoding':'x'}                    | /secretEncoding",
                "{'from':'header:A','signed':'{nonsense}'}                   | /signed",
                "{'from':'header:A','signed':'{body'}                        | /signed",
                "{'from':'header:A','signed':''}                             | /signed",
                "{'from':'header:A','timestamp':'x'}                         | /timestamp",
                "{'from':'header:A','tolerance':'5m'}                        | /tolerance",
                "{'from':'header:A','timestamp':'part:t=','tolerance':'1y','signed':'{timestamp}{body}'} | /tolerance",
                "{'from':'header:A','digest':'x'}                            | /digest",
                "{'from':'header:A','timestamp':'header:B'}                  | /timestamp",
                "{'from':'header:A','timestamp':'part:t='}                   | /timestamp",
                "{'from':'header:A','timestamp':'header:B','signed':'{{timestamp}}{body}'} | /timestamp",
                "{'from':'header:A','timestamp':'/t','signed':'{header:B}'}  | /timestamp",
                "{'from':'header:A','digest':'header:B'}                     | /digest",
                "{'from':'header:A','digest':'query:d','signed':'{sortedForm}'} | /digest",
                "{'from':'header:A','separator':7}                           | /separator",
            })
    void refusesARecipeWithUnknownParts(String recipe, String pointer) {
        Field field = Field.root(new JsonObject(recipe.strip().replace('\'', '"')));
        SignatureForm.read(field, SignatureForm.HMAC);
        assertThat(field.errors()).extracting(FieldError::pointer).containsExactly(pointer.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'from':'header:A','timestamp':'/t'}",
                "{'from':'header:A','timestamp':'header:B','signed':'{header:B}{body}'}",
                "{'from':'header:A','timestamp':'query:t','signed':'{path}{body}'}",
                "{'from':'header:A','timestamp':['/t','/u'],'signed':'{bodySha256}'}",
            })
    void takesATimestampThatIsSignedWithTheRest(String recipe) {
        assertThat(read(recipe).dated()).isNotNull();
    }

    @Test
    void readsWhatItWrites() {
        Signature signature = read(STANDARD);
        assertThat(read(SignatureForm.write(signature).encode())).isEqualTo(signature);
    }
}
