package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** What is there, in the form that is declared. Sources of the settings are not among it, as the settings have them. */
final class Export {
    private static final String HEAD = """
            # Secrets are masked. The mask stands for the secret that is stored; to make these elsewhere put a reference in its
            # place: {fromEnv: NAME} or {fromFile: PATH}.
            """;

    private Export() {}

    static String of(Api api, @Nullable String tenant) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(Kind.SOURCE.list(), sources(api.list(Kind.SOURCE, tenant)));
        document.put(Kind.WEBHOOK.list(), webhooks(api.list(Kind.WEBHOOK, tenant)));
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(120)
                .build();
        return HEAD + new Dump(settings).dumpToString(document);
    }

    private static List<Object> sources(List<JsonObject> all) {
        return all.stream()
                .filter(source -> !"config".equals(source.getString("origin")))
                .map(source -> plain(Difference.without(source, Kind.SOURCE.told())))
                .toList();
    }

    private static List<Object> webhooks(List<JsonObject> all) {
        List<Object> items = new ArrayList<>();
        for (JsonObject webhook : all) {
            if (webhook.containsKey("unreadable")) {
                continue; // only some of it is known
            }
            String name = webhook.getString("name");
            boolean isShared = all.stream()
                            .filter(other -> name.equals(other.getString("name")))
                            .count()
                    > 1;
            JsonObject item = Difference.without(webhook, Kind.WEBHOOK.told());
            items.add(plain(isShared ? item.put("id", webhook.getString("id")) : item));
        }
        return items;
    }

    private static Object plain(Object value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            object.forEach(member -> {
                if (member.getValue() != null) {
                    map.put(member.getKey(), plain(member.getValue()));
                }
            });
            return map;
        }
        if (!(value instanceof JsonArray array)) {
            return value;
        }
        List<Object> list = new ArrayList<>(); // one of its own: for the same one twice an alias is written
        array.forEach(item -> list.add(plain(item)));
        return list;
    }
}
