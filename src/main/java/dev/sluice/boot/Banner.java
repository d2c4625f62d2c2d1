package dev.sluice.boot;

import java.util.ArrayList;
import java.util.List;

/** The first lines on the terminal: where everything is, and a command that works as it stands there. */
public final class Banner {
    private Banner() {}

    public static List<String> lines(Pod pod) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "  Sluice %s is ready.%s"
                        .formatted(
                                Version.current(),
                                pod.isOpen() && pod.listens() ? " No key is configured: this machine only." : ""),
                ""));
        lines.addAll(pod.listens() ? api(pod) : List.of("  Roles    " + pod.roles()));
        lines.addAll(List.of(
                "  Metrics  %s/metrics   Health  %s/health/ready".formatted(pod.managementUrl(), pod.managementUrl()),
                "  Redis    %s".formatted(pod.redis())));
        lines.addAll(pod.listens() ? firstEvent(pod) : List.of());
        lines.add("");
        return lines;
    }

    private static List<String> api(Pod pod) {
        return List.of("  Guide    %s/".formatted(pod.url()), "  API      %s/openapi.yaml".formatted(pod.url()));
    }

    private static List<String> firstEvent(Pod pod) {
        String authorization = pod.isOpen() ? "" : " -H 'authorization: Bearer YOUR_KEY'";
        return List.of(
                "",
                "  A first event:",
                "    curl %s/v1/events%s -H 'content-type: application/json' -d '{\"type\":\"hello.world\",\"data\":{\"from\":\"me\"}}'"
                        .formatted(pod.url(), authorization));
    }
}
