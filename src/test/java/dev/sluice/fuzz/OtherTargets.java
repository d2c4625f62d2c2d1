package dev.sluice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Logo;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.config.load.ConfigProblems;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.RetrySchedule;
import dev.sluice.delivery.policy.Tries;
import dev.sluice.delivery.policy.Verdict;
import dev.sluice.delivery.send.token.TokenAnswer;
import dev.sluice.delivery.send.transform.TransformTarget;
import dev.sluice.event.TraceContext;
import dev.sluice.jsonata.LinearRegex;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Auth.ClientAuth;
import dev.sluice.time.Jitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What endpoints answer, what operators set, and expressions. */
final class OtherTargets {
    private static final Instant NOW = Instant.parse("2026-11-21T09:14:04Z");
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final RetryRule RULE = new RetryRule(LONGEST);
    private static final RetrySchedule SCHEDULE = new RetrySchedule(List.of(Duration.ofSeconds(5)), 0);
    private static final Auth.OAuth2 CLIENT =
            new Auth.OAuth2(URI.create("https://t.example/token"), "c", "s", null, null, ClientAuth.BASIC);
    private static final String LONG_TEXT = "ab01 \n".repeat(500);

    private OtherTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of("transform", TransformTarget::check, TransformTarget.seeds()),
                Target.of(
                        "regex",
                        OtherTargets::regex,
                        "(a|b)*[0-9]{2,5}?$",
                        "^\\w+@\\d{1,3}(?:x)\\b",
                        "[^\\]a-z]\\p{L}"),
                Target.of(
                        "retry-after",
                        OtherTargets::retryAfter,
                        "120",
                        "Sat, 21 Nov 2026 09:20:00 GMT",
                        "Saturday, 21-Nov-26 09:20:00 GMT",
                        "Sat Nov 21 09:20:00 2026"),
                Target.of(
                        "token-answer",
                        OtherTargets::tokenAnswer,
                        "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
                        "{\"error\":\"invalid_client\",\"error_description\":\"no\"}"),
                Target.of(
                        "trace",
                        OtherTargets::trace,
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\na=b,c=d"),
                Target.of(
                        "logo",
                        OtherTargets::logo,
                        "https://a.example:8443/l.png?x=y",
                        "data:image/png;base64,iVBORw0KGgo="),
                Target.of(
                        "redis-address",
                        OtherTargets::redisAddress,
                        "redis://user:p%40ss@[::1]:6379/3",
                        "rediss+sentinel://:p@a:1,b:2/mymaster/0",
                        "redis+cluster://a,b:7000",
                        "unix:///run/redis.sock"),
                Target.of(
                        "settings",
                        OtherTargets::settings,
                        "http:\n  port: 8080\n  maxBodyBytes: 1MiB\nredis:\n  uri: redis://localhost\n",
                        "sources:\n  cms: {dialect: strapi, auth: {type: token, token: abcdefghijklmnop}}\n",
                        "delivery: &d\n  allowNetworks: [10.0.0.0/8, ::1/128]\n  retry: {delays: [5s, 5m], jitter: 0.2}\n",
                        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n"),
                Target.of(
                        "environment",
                        OtherTargets::environment,
                        "SLUICE_HTTP_PORT=0\nSLUICE_RUNTIME_DRAIN_TIMEOUT=5s",
                        "SLUICE_DELIVERY_ALLOW_NETWORKS=127.0.0.0/8,::1\nSLUICE_SECRETS_KEY=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    }

    /** Linear in the text, whatever it is. */
    private static void regex(String text) {
        try {
            LinearRegex regex = LinearRegex.of(Pattern.compile(text));
            assertThat(regex.cost()).isBetween(0, 1_000_000);
            regex.matcher(LONG_TEXT).find();
        } catch (PatternSyntaxException notJavas) {
            assertThat(notJavas.getDescription()).isNotBlank();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /** Never in the past, never longer than the longest. */
    private static void retryAfter(String text) {
        Answer answer = new Answer.Status(429, text, null, "", Duration.ZERO);
        Verdict verdict = RULE.judge(answer, Tries.NONE, SCHEDULE, NOW, Jitter.NONE);
        assertThat(verdict).isInstanceOf(Verdict.NotYet.class);
        assertThat(((Verdict.NotYet) verdict).asked()).isBetween(Duration.ZERO, LONGEST);
    }

    private static void tokenAnswer(String text) {
        for (int code : new int[] {200, 400}) {
            TokenAnswer answer = TokenAnswer.read(new Answer.Status(code, null, null, text, Duration.ZERO), CLIENT);
            assertThat(answer.lifetime()).isBetween(Duration.ZERO, LONGEST);
            assertThat(answer.toString()).doesNotContain("\n", "\r");
        }
    }

    private static void trace(String text) {
        String[] lines = text.split("\n", 2);
        TraceContext trace = TraceContext.of(lines[0], lines.length == 1 ? null : lines[1]);
        if (trace != null) {
            assertThat(TraceContext.of(trace.parent(), trace.state())).isEqualTo(trace);
        }
    }

    private static void logo(String text) {
        try {
            assertThat(new Logo(text).text()).doesNotContain(" ", ";script", "\"", "<", "\n");
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void redisAddress(String text) {
        try {
            RedisAddress address = RedisAddress.read(text);
            assertThat(address.toString()).doesNotContain("p@ss");
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("p%40ss");
        }
    }

    private static void settings(String text) {
        try {
            Path file = Files.createTempFile("settings", ".yaml");
            try {
                Files.writeString(file, text.replace('\uFFFD', '?'));
                new ConfigLoader(Map.of()).load(file);
            } finally {
                Files.delete(file);
            }
        } catch (ConfigProblems refused) {
            assertThat(refused.problems()).isNotEmpty().allMatch(problem -> !problem.isBlank());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void environment(String text) {
        Map<String, String> variables = new HashMap<>();
        text.lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line ->
                        variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        try {
            new ConfigLoader(variables, Path.of("no-such-file")).load(null);
        } catch (ConfigProblems refused) {
            assertThat(refused.problems()).isNotEmpty().allMatch(problem -> !problem.isBlank());
        }
    }
}
