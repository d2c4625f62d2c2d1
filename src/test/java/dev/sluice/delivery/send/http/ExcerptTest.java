package dev.sluice.delivery.send.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void keepsTheFirstBytesOfAllChunks() {
        assertThat(excerpt(5, "abc", "def", "ghi")).isEqualTo("abcde");
        assertThat(excerpt(9, "abc", "def", "ghi")).isEqualTo("abcdefghi");
        assertThat(excerpt(0, "abc")).isEmpty();
        assertThat(excerpt(5)).isEmpty();
    }

    @Test
    void leavesOutACharacterThatTheCutDivided() {
        assertThat(excerpt(3, "aé€")).isEqualTo("aé");
        assertThat(excerpt(5, "aé€")).isEqualTo("aé");
        assertThat(excerpt(6, "aé€")).isEqualTo("aé€");
        assertThat(excerpt(4, "a\uD83D\uDE00b")).isEqualTo("a");
        assertThat(excerpt(1, "\uD83D\uDE00")).isEmpty();
    }

    @Test
    void replacesWhatIsNotText() {
        Excerpt excerpt = new Excerpt(100);
        excerpt.add(Buffer.buffer(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3}));
        assertThat(excerpt.text()).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void replacesControlCharactersAndKeepsLines() {
        assertThat(excerpt(100, "a\u001B[31m\u0000b\u202Ec\r\n\td\u009Be"))
                .isEqualTo("a\uFFFD[31m\uFFFDb\uFFFDc\r\n\td\uFFFDe");
    }

    private static String excerpt(int most, String... chunks) {
        Excerpt excerpt = new Excerpt(most);
        for (String chunk : chunks) {
            excerpt.add(Buffer.buffer(chunk));
        }
        return excerpt.text();
    }
}
