package dev.sluice.ingest.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(10);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void findsTheSameLinesHoweverTheyAreCut(int size) {
        Buffer text = Buffer.buffer("[1]\n\n \r\n[\"é\"]\r\n[22222222]\n[5]");
        for (int i = 0; i < text.length(); i += size) {
            assertThat(feed(text.slice(i, Math.min(text.length(), i + size)).copy()))
                    .isTrue();
        }
        splitter.finish(this::line);

        assertThat(lines).containsExactly("1 [1]", "4 [\"é\"]\r", "5 [22222222]", "6 [5]");
    }

    @Test
    void givesNothingMoreAtTheEndOfWholeLines() {
        feed(Buffer.buffer("[1]\n"));
        splitter.finish(this::line);

        assertThat(lines).containsExactly("1 [1]");
    }

    @Test
    void stopsAtALineThatIsTooLong() {
        assertThat(feed(Buffer.buffer("[1]\n[333333333]\n[2]\n"))).isFalse();
        assertThat(lines).containsExactly("1 [1]");
        assertThat(splitter.nextLine()).isEqualTo(2);
    }

    @Test
    void keepsNoMoreOfAnEndlessLineThanItMay() {
        assertThat(feed(Buffer.buffer("1234567"))).isTrue();
        assertThat(feed(Buffer.buffer("8901"))).isFalse();
        assertThat(splitter.restBytes()).isEqualTo(7);
    }

    private boolean feed(Buffer chunk) {
        return splitter.feed(chunk, this::line);
    }

    private void line(long number, dev.sluice.http.JsonText text) {
        text.check();
        lines.add(number + " " + text);
    }
}
