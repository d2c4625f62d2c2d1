package dev.sluice.boot;

import java.util.List;

/** The first lines on the terminal: where everything is, and a command that works as it stands there. */
public final class Banner {
    private Banner() {}

    public static List<String> lines(Pod pod) {
        String authorization = pod.isOpen() ? "" : " -H 'authorization: Bearer YOUR_KEY'";
        return List.of(
                "",
                "  Sluice %s is ready.%s"
                        .formatted(Version.current(), pod.isOpen() ? " No key is configured: this machine only." : ""),
                "",
                "  Guide    %s/".formatted(pod.url()),
                "  API      %s/openapi.yaml".formatted(pod.url()),
                "  Metrics  %s/metrics   Health  %s/health/ready".formatted(pod.managementUrl(), pod.managementUrl()),
                "  Redis    %s".formatted(pod.redis()),
                "",
                "  A first event:",
                "    curl %s/v1/events%s -H 'content-type: application/json' -d '{\"type\":\"hello.world\",\"data\":{\"from\":\"me\"}}'"
                        .formatted(pod.url(), authorization),
                "");
    }
}
