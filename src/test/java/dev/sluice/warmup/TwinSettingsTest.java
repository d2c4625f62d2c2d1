package dev.sluice.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinSettingsTest {
    private static final String KEY = "a key that nobody else has";

    private static SluiceConfig twin(String... settings) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        SluiceConfig pod = new ConfigLoader(environment).load(null);
        return TwinSettings.of(pod, Path.of("folder"), KEY);
    }

    @Test
    void sharesNothingThatOthersSeeOrThatItCouldReach() {
        SluiceConfig twin = twin(
                "SLUICE_REDIS_URI", "redis://redis.example:6379",
                "SLUICE_REDIS_PASSWORD", "password",
                "SLUICE_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "SLUICE_ACCESS_ADMIN_KEY", "0123456789abcdef",
                "SLUICE_HTTP_HOST", "0.0.0.0",
                "SLUICE_HTTP_TLS_CERTIFICATE_FILE", "certificate.pem",
                "SLUICE_MANAGEMENT_HOST", "0.0.0.0",
                "SLUICE_DATA_DECLARED_DIR", "declared",
                "SLUICE_DELIVERY_PROXY", "http://proxy.example:3128",
                "SLUICE_DELIVERY_ALLOW_NETWORKS", "10.0.0.0/8",
                "SLUICE_TRACING_URL", "http://collector.example:4318",
                "SLUICE_SOURCES_STRAPI_DIALECT", "strapi");

        assertThat(twin.redis().uri()).isNull();
        assertThat(twin.redis().password()).isNull();
        assertThat(twin.secrets().key()).isNull();
        assertThat(twin.access().adminKey()).isEqualTo(KEY);
        assertThat(twin.http().host()).isEqualTo("127.0.0.1");
        assertThat(twin.http().port()).isZero();
        assertThat(twin.http().tls().certificateFile()).isNull();
        assertThat(twin.management().host()).isEqualTo("127.0.0.1");
        assertThat(twin.management().port()).isZero();
        assertThat(twin.data().dir()).isEqualTo("folder");
        assertThat(twin.data().declaredDir()).isNull();
        assertThat(twin.delivery().proxy()).isNull();
        assertThat(twin.delivery().allowNetworks()).containsExactly("127.0.0.0/8");
        assertThat(twin.tracing().isOn()).isFalse();
        assertThat(twin.sources()).isEmpty();
    }

    @Test
    void worksAsThePodDoes() {
        SluiceConfig twin = twin(
                "SLUICE_RUNTIME_EVENT_LOOPS", "3",
                "SLUICE_JOURNAL_PARTITIONS", "7",
                "SLUICE_DELIVERY_HISTORY", "none",
                "SLUICE_DELIVERY_MAX_IN_FLIGHT", "5");

        assertThat(twin.runtime().eventLoops()).isEqualTo(3);
        assertThat(twin.journal().partitions()).isEqualTo(7);
        assertThat(twin.delivery().history().name()).isEqualTo("NONE");
        assertThat(twin.delivery().maxInFlight()).isEqualTo(5);
    }

    /** One that only delivers takes the events of others, and the twin has only its own. */
    @Test
    void doesAllThatAPodCanDoAndWarmsUpNobody() {
        SluiceConfig twin = twin("SLUICE_RUNTIME_ROLES", "deliver", "SLUICE_RUNTIME_WARM_UP", "20s");

        assertThat(twin.runtime().roles()).hasSize(3);
        assertThat(twin.runtime().warmUp()).isZero();
    }
}
