package dev.sluice.boot.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.tls.Identity;
import dev.sluice.http.tls.Renewal;
import dev.sluice.testing.Certificates;
import dev.sluice.testing.LoggedLines;
import dev.sluice.testing.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairFilesTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Path certificate;
    private Path key;

    private final Renewal.RenewalListener listener = new Renewal.RenewalListener() {
        @Override
        public void shown(Identity identity) {
            told.add("until " + identity.end());
        }

        @Override
        public void renewed() {
            told.add("renewed");
        }

        @Override
        public void refused() {
            told.add("refused");
        }
    };

    @BeforeEach
    void write() throws IOException {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        put("server.pem", "server.key");
    }

    private void put(String certificates, String keys) throws IOException {
        Files.writeString(certificate, Certificates.pem(certificates));
        Files.writeString(key, Certificates.pem(keys));
    }

    private Renewal renewal() {
        return new Renewal("http.tls", new KeyPairFiles(LOOP.vertx(), "http.tls", certificate, key), listener);
    }

    private boolean look(Renewal renewal) {
        return renewal.look().isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "localhost", "client-a", "client-b"})
    void readsKeysOfEachKind(String name) throws IOException {
        put(name + ".pem", name + ".key");
        assertThat(renewal().current().leaf().getNotAfter()).isInTheFuture();
    }

    /** As cert-manager writes it unless it is told to write PKCS #8: what is behind the 26 bytes that say it is RSA. */
    @Test
    void readsAnRsaKeyInPkcs1() throws IOException {
        byte[] pkcs8 =
                Base64.getMimeDecoder().decode(Certificates.pem("client-b.key").replaceAll("-----[A-Z ]+-----", ""));
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        put("client-b.pem", "client-b.key");
        Files.writeString(
                key,
                "-----BEGIN RSA PRIVATE KEY-----\n%s\n-----END RSA PRIVATE KEY-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(pkcs1)));
        assertThat(renewal().current().leaf().getPublicKey().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void findsNothingWhileTheFilesAreAsTheyWere() {
        Renewal renewal = renewal();
        assertThat(look(renewal)).isFalse();
        assertThat(told).hasSize(1);
    }

    @Test
    void findsAnotherPair() throws IOException {
        Renewal renewal = renewal();
        Identity former = renewal.current();
        put("localhost.pem", "localhost.key");
        assertThat(look(renewal)).isTrue();
        assertThat(renewal.current().leaf()).isNotEqualTo(former.leaf());
        assertThat(told).contains("renewed").doesNotContain("refused");
        assertThat(look(renewal)).isFalse();
    }

    @Test
    void waitsForTheOtherFileOfAPairThatIsWrittenOneAfterTheOther() throws IOException {
        Renewal renewal = renewal();
        put("localhost.pem", "server.key");
        assertThat(look(renewal)).isFalse();
        put("localhost.pem", "localhost.key");
        assertThat(look(renewal)).isTrue();
        assertThat(told).doesNotContain("refused");
    }

    @Test
    void goesOnWithTheFormerOneWhereTheNewOneCannotBeUsedAndSaysSoOnce() throws IOException {
        try (LoggedLines logged = new LoggedLines(Renewal.class)) {
            Renewal renewal = renewal();
            Identity former = renewal.current();
            put("localhost.pem", "server.key");
            for (int i = 0; i < 4; i++) {
                assertThat(look(renewal)).isFalse();
            }
            assertThat(renewal.current()).isSameAs(former);
            assertThat(told).containsOnlyOnce("refused");
            assertThat(logged.all().stream().filter(line -> line.startsWith("WARN")))
                    .singleElement()
                    .asString()
                    .contains("is not the key of the first certificate", "the former certificate goes on");
        }
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(key);
        assertThatThrownBy(this::renewal)
                .hasMessage("http.tls.keyFile: %s: is not there (expected: a file in PEM)".formatted(key));
    }

    @Test
    void saysThatAKeyIsOfAnotherCertificate() throws IOException {
        put("server.pem", "client-a.key");
        assertThatThrownBy(this::renewal)
                .hasMessageStartingWith("http.tls.keyFile: ")
                .hasMessageContaining("is not the key of the first certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
    void saysThatAFileHoldsNoCertificate(String text) throws IOException {
        Files.writeString(certificate, text);
        assertThatThrownBy(this::renewal)
                .hasMessageStartingWith("http.tls.certificateFile: ")
                .hasMessageContaining("certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
    void saysThatAFileHoldsNoKey(String text) throws IOException {
        Files.writeString(key, text);
        assertThatThrownBy(this::renewal)
                .hasMessageStartingWith("http.tls.keyFile: ")
                .hasMessageContaining("holds no key that can be used");
    }

    @Test
    void readsNoMoreThanAMebibyte() throws IOException {
        Files.write(certificate, new byte[(1 << 20) + 1]);
        assertThatThrownBy(this::renewal).hasMessageContaining("is larger than a MiB");
    }
}
