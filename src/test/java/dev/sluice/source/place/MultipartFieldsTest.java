package dev.sluice.source.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MultipartFieldsTest {
    private static Map<String, String> parse(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--x\r\n").append(part).append("\r\n");
        }
        return MultipartFields.parse("multipart/form-data; boundary=x", Buffer.buffer(body + "--x--"));
    }

    @Test
    void readsFieldsAndPassesFilesOver() {
        assertThat(parse(
                        "Content-Type: text/plain\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1",
                        "Content-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n\r\nfile",
                        "Content-Disposition: form-data; name=\"a\"\r\n\r\n2"))
                .containsExactly(Map.entry("a", "1"));
    }

    @Test
    void findsNoNameInTheMiddleOfALine() {
        assertThat(parse("X-Note: content-disposition: form-data; name=\"a\"\r\n\r\n1"))
                .isEmpty();
    }

    /** Each beginning in it was a beginning to look from, to the end of the line: hours. */
    @Test
    @Timeout(60)
    void passesOverAHeadThatIsAllBeginnings() {
        assertThat(parse("content-disposition:".repeat(250_000) + "\r\n\r\n1")).isEmpty();
        assertThat(parse("content-disposition:".repeat(400) + "\r\n\r\n1")).isEmpty();
    }
}
