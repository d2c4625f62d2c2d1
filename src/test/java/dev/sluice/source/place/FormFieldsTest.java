package dev.sluice.source.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormFieldsTest {
    @Test
    void readsWhatBrowsersWrite() {
        String form = "a=1&b=&c&&d=%26%3D+x&e=%zz%4&%C3%A9=é😀&a=2";
        String bytes = new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(FormFields.parse(bytes, "the form"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a", "1", "b", "", "c", "", "d", "&= x", "e", "%zz%4", "é", "é😀"));
        assertThat(FormFields.parse("", "the form")).isEmpty();
    }

    @Test
    void refusesTenThousandFields() {
        String form = "a=1&".repeat(10_000);
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> FormFields.parse(form, "the form"));
        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().detail()).isEqualTo("the form: too many fields (expected: at most 1000)");
    }
}
