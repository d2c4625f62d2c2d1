package dev.sluice.redis.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "redis://cache,                       redis://cache:6379,          false, -,     -,      0",
                "redis://cache:7000/3,                redis://cache:7000,          false, -,     -,      3",
                "redis://:secret@cache,               redis://cache:6379,          false, -,     secret, 0",
                "redis://alice:secret@cache/,         redis://cache:6379,          false, alice, secret, 0",
                "rediss://alice@cache:6380/1,         rediss://cache:6380,         true,  alice, -,      1",
                "redis://al%40ice:a%3Ab%2Fc@cache,    redis://cache:6379,          false, al@ice, a:b/c, 0",
                "redis://:a+b@cache,                  redis://cache:6379,          false, -,     a+b,    0",
                "redis://redis_master.shop:6379,      redis://redis_master.shop:6379, false, -,  -,      0",
                "'redis://[::1]:7000',                'redis://[::1]:7000',        false, -,     -,      0",
                "'redis://[fd00::1]',                 'redis://[fd00::1]:6379',    false, -,     -,      0",
                "unix:///run/redis.sock,              unix:///run/redis.sock,      false, -,     -,      0",
            })
    void readsEachForm(String uri, String connection, boolean tls, String username, String password, int database) {
        RedisAddress address = RedisAddress.read(uri);
        assertThat(address)
                .isEqualTo(new RedisAddress(
                        RedisAddress.Form.ALONE, address.nodes(), "", tls, username, password, database));
        assertThat(address.nodes()).singleElement().returns(connection, node -> node.connection(tls));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "cache:6379                     | begins with cache:",
                "http://cache                   | begins with http:",
                "redis://                       | not a URI, at character 9",
                "redis:///3                     | has no host",
                "redis://a,b                    | host: a,b (expected: one host; several with",
                "redis://cache:0                | port: 0 (expected: 1 to 65535)",
                "redis://cache:65536            | port: 65536",
                "redis://cache:six              | port: no number (expected: 1 to 65535)",
                "redis://cache/one              | database: no number (expected: a number)",
                "redis://cache?db=1             | has a ? or #",
                "redis://:100%@cache            | not a URI, at character",
                "unix://run/redis.sock          | has no path (expected: unix:///path)",
                "redis+cluster://a,,b           | host: none",
                "redis+cluster://a,b/1          | database: 1 (expected: none",
                "redis+cluster://a,b:x          | port: no number",
                "redis+sentinel://a,b           | names no master",
                "redis+sentinel://a,b/          | names no master",
                "redis+sentinel://a,b/main/x    | database: no number",
                "redis+tls://a                  | begins with redis+tls:",
            },
            delimiter = '|')
    void saysWhatIsWrong(String uri, String problem) {
        assertThatThrownBy(() -> RedisAddress.read(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("expected:");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "redis+sentinel://a,b:7/main       | redis+sentinel://a:26379,b:7/main",
                "redis+sentinel://:p@a,[::1]/main/2 | redis+sentinel://***@a:26379,[::1]:26379/main/2",
                "rediss+sentinel://a/main/         | rediss+sentinel://a:26379/main",
                "redis+cluster://a,b:7             | redis+cluster://a:6379,b:7",
                "redis+cluster://u:p@a/0           | redis+cluster://***@a:6379",
                "rediss+cluster://a,b/             | rediss+cluster://a:6379,b:6379",
            },
            delimiter = '|')
    void readsSentinelsAndClusters(String uri, String shown) {
        assertThat(RedisAddress.read(uri)).hasToString(shown);
    }

    @Test
    void neverShowsThePassword() {
        assertThat(RedisAddress.read("redis://alice:secret@cache/2")).hasToString("redis://***@cache:6379/2");
        assertThatThrownBy(() -> RedisAddress.read("redis://alice:sec ret@cache"))
                .hasMessageNotContaining("ret");
    }

    /** As people write one: with a character that a URI has another use for, or without what comes behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://alice:6379/hunter2@cache",
                "redis://alice:hunter2/x@cache:6379/0",
                "redis+cluster://alice:x/hunter2@a,b:7000",
                "redis+sentinel://:x/hunter2@a,b/main",
                "redis://alice:hunter2",
                "redis://alice:hunter2,cache",
                "redis+cluster://alice:hunter2",
                "redis://cache/hunter2",
                "redis://al:hunter2#x@cache",
                "redis://al:hunter2?x@cache",
                "redis://al:hunter2%x@cache",
                "redis://al:x@hunter2 @cache",
            })
    void showsNoPasswordThatIsNotWrittenAsItShouldBe(String uri) {
        assertThatThrownBy(() -> RedisAddress.read(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("expected:");
    }
}
