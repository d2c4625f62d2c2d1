package dev.sluice.access;

import static dev.sluice.testing.ApiKeys.key;
import static dev.sluice.testing.ApiKeys.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.config.AccessConfig;
import dev.sluice.http.HostCheck;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGateTest {
    private static final HostAndPort HERE = HostAndPort.create("localhost", 8080);
    private static final HostAndPort ELSEWHERE = HostAndPort.create("rebound.example", 8080);

    private final KeyRing ring = new KeyRing(new AccessConfig(null));
    private final KeyGate gate = new KeyGate(ring, new HostCheck(List.of("localhost", "127.0.0.1", "::1")));

    @Nested
    class WithKeys {
        WithKeys() {
            List<ApiKey> keys = Arrays.stream(Role.values())
                    .map(role -> key(role.word(), role))
                    .toList();
            ring.replace(ring.turn(), keys, keys.size());
        }

        @ParameterizedTest
        @CsvSource({
            "admin,   ADMIN MANAGE PUBLISH READ",
            "manage,  MANAGE READ",
            "publish, PUBLISH",
            "read,    READ",
        })
        void admitsARoleToWhatItIncludes(String holder, String included) {
            for (Role needed : Role.values()) {
                if (included.contains(needed.name())) {
                    assertThat(admit("Bearer " + token(holder), needed).name()).isEqualTo("the " + holder);
                } else {
                    Problem problem = refusal("Bearer " + token(holder), needed);
                    assertThat(problem.status()).isEqualTo(403);
                    assertThat(problem.detail()).contains("'the " + holder + "'", "needs " + needed.word());
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
        void readsTheSchemeInAnyCase(String scheme) {
            assertThat(admit(scheme + token("read"), Role.READ).role()).isEqualTo(Role.READ);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer slk_wrong", "Basic c2xrX3JlYWQ=", "slk_read"})
        void refusesWhoeverHasNoValidKey(String authorization) {
            Problem problem = refusal(authorization, Role.READ);
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.type()).isEqualTo("unauthorized");
        }

        @Test
        void takesAKeyInItsOwnHeaderBeforeAForeignAuthorization() {
            for (String foreign : List.of("Basic c2xrX3JlYWQ=", "Bearer of-somebody-else", "")) {
                MultiMap headers = headers("Authorization", foreign).add("X-Sluice-Token", token("read"));
                assertThat(gate.admit(HttpMethod.GET, HERE, headers, Role.READ).name())
                        .isEqualTo("the read");
            }
        }

        @Test
        void saysHowToSendAKeyBesideAForeignAuthorization() {
            assertThat(refusal("Basic c2xrX3JlYWQ=", Role.READ).detail()).contains("X-Sluice-Token");
        }

        @Test
        void saysHowToSendAKeyWhereNoneCame() {
            assertThat(refusal(null, Role.READ).detail()).contains("Authorization: Bearer");
        }

        @Test
        void neverRepeatsTheTokenThatWasWrong() {
            assertThat(refusal("Bearer slk_almost", Role.READ).toJson().encode())
                    .doesNotContain("almost");
        }

        @Test
        void asksForNoHostBecauseNoBrowserSendsAKeyByItself() {
            MultiMap headers = headers("Authorization", "Bearer " + token("read"));
            assertThat(gate.admit(HttpMethod.GET, ELSEWHERE, headers, Role.READ))
                    .isNotNull();
        }
    }

    @Nested
    class Open {
        Open() {
            ring.replace(ring.turn(), List.of(), 0);
        }

        @ParameterizedTest
        @EnumSource(Role.class)
        void admitsAnybodyToEverything(Role needed) {
            assertThat(admit(null, needed).role()).isEqualTo(Role.ADMIN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]", "localhost."})
        void admitsByAnyOfItsNamesOnAnyPort(String host) {
            HostAndPort authority = HostAndPort.create(host, 9999);
            assertThat(gate.admit(HttpMethod.POST, authority, headers(), Role.ADMIN))
                    .isNotNull();
        }

        @ParameterizedTest
        @CsvSource({"GET", "POST"})
        void refusesANameThatIsNotOurs(String method) {
            Problem problem = refusal(HttpMethod.valueOf(method), ELSEWHERE, headers());
            assertThat(problem.status()).isEqualTo(421);
            assertThat(problem.type()).isEqualTo("wrong-host");
            assertThat(problem.detail()).contains("rebound.example", "http.allowedHosts");
        }

        @Test
        void refusesAMissingHost() {
            assertThat(refusal(HttpMethod.GET, null, headers()).status()).isEqualTo(421);
        }

        @ParameterizedTest
        @CsvSource({
            "Sec-Fetch-Site, cross-site",
            "Origin,         https://evil.example",
            "Origin,         https://localhost.evil.example",
            "Origin,         null",
            "Origin,         '%%'",
        })
        void refusesAChangeThatAnotherSitesPageSends(String name, String value) {
            Problem problem = refusal(HttpMethod.POST, HERE, headers(name, value));
            assertThat(problem.status()).isEqualTo(403);
            assertThat(problem.type()).isEqualTo("cross-site");
        }

        @ParameterizedTest
        @CsvSource({
            "POST, Sec-Fetch-Site, same-origin",
            "POST, Sec-Fetch-Site, none",
            "POST, Origin,         http://localhost:8080",
            "POST, Origin,         http://[::1]:8080",
            "GET,  Sec-Fetch-Site, cross-site",
            "GET,  Origin,         https://evil.example",
        })
        void admitsItsOwnPagesAndReads(String method, String name, String value) {
            assertThat(gate.admit(HttpMethod.valueOf(method), HERE, headers(name, value), Role.ADMIN))
                    .isNotNull();
        }
    }

    @Test
    void asksToComeAgainWhileTheKeysAreNotReadYet() {
        Problem problem = refusal("Bearer " + token("a"), Role.READ);
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.retryAfter()).isEqualTo(1);
    }

    private Caller admit(String authorization, Role needed) {
        MultiMap headers = authorization == null ? headers() : headers("Authorization", authorization);
        return gate.admit(HttpMethod.POST, HERE, headers, needed);
    }

    private Problem refusal(String authorization, Role needed) {
        return problem(() -> admit(authorization, needed));
    }

    private Problem refusal(HttpMethod method, HostAndPort authority, MultiMap headers) {
        return problem(() -> gate.admit(method, authority, headers, Role.READ));
    }

    private static Problem problem(Runnable admission) {
        return catchThrowableOfType(ProblemException.class, admission::run).problem();
    }

    private static MultiMap headers(String... pairs) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }
}
