package dev.sluice.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON ; charset=utf-8",
                "text/json",
                "application/cloudevents+json",
                "application/vnd.api+JSON;v=1"
            })
    void isJson(String type) {
        assertThat(JsonType.is(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ";", "json", "+json", "/json", "application/ndjson", "text/plain; a=x/json", "text/xml"})
    void isNoJson(String type) {
        assertThat(JsonType.is(type)).isFalse();
    }

    @Test
    void dataWithoutATypeIsJson() {
        assertThat(JsonType.isOrUnsaid(null)).isTrue();
        assertThat(JsonType.isOrUnsaid("text/xml")).isFalse();
    }
}
