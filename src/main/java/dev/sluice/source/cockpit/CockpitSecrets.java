package dev.sluice.source.cockpit;

import dev.sluice.source.privacy.Act;
import dev.sluice.source.privacy.Path;
import dev.sluice.source.privacy.Plan;
import dev.sluice.source.privacy.Sensitive;
import java.util.List;

/**
 * Where Cockpit and Maya send what should not leave the server, by the names of their events without the product's.
 * Passwords and their hashes need no entry: they are in members called {@code password}, which go at any depth.
 */
final class CockpitSecrets {
    private record Secret(String events, Sensitive kind, Path path, Act act) {
        Secret(String events, Sensitive kind, String path, Act act) {
            this(events, kind, Path.of(path), act);
        }
    }

    private static final List<Secret> OF_PRODUCT = List.of(
            new Secret("api.authenticate", Sensitive.TOKENS, "args.#0.token", Act.MASK),
            new Secret("api.authenticate", Sensitive.TOKENS, "args.#0.query.**.token", Act.MASK),
            new Secret("api.authenticate", Sensitive.TOKENS, "args.#0.user.api_key", Act.MASK),
            new Secret("api.authenticate", Sensitive.TOKENS, "args.#0.user._reset_token", Act.MASK),
            new Secret("api.authenticate", Sensitive.ACCOUNT_EMAILS, "args.#0.user.email", Act.MASK),
            new Secret("account", Sensitive.TOKENS, "args.**.api_key", Act.MASK),
            new Secret("account", Sensitive.TOKENS, "args.**._reset_token", Act.MASK),
            new Secret("account", Sensitive.ACCOUNT_EMAILS, "args.**.email", Act.MASK),
            new Secret("authentication.", Sensitive.TOKENS, "args.**.api_key", Act.MASK),
            new Secret("authentication.", Sensitive.TOKENS, "args.**._reset_token", Act.MASK),
            new Secret("authentication.", Sensitive.ACCOUNT_EMAILS, "args.**.email", Act.MASK),
            new Secret("media.", Sensitive.SERVER_PATHS, "args", Act.BASE_NAMES),
            new Secret("asset.upload", Sensitive.SERVER_PATHS, "args.#3", Act.BASE_NAMES),
            new Secret("export", Sensitive.SERVER_PATHS, "args", Act.BASE_NAMES),
            new Secret("import", Sensitive.SERVER_PATHS, "args", Act.BASE_NAMES),
            new Secret("filestorages.init", Sensitive.STORAGE_KEYS, "args.#0.*.!adapter,mount,url", Act.MASK));

    private static final List<Secret> OF_ALL = List.of(
            new Secret("forms.save.", Sensitive.VISITOR_DATA, "args.#1.data", Act.MASK_LEAVES),
            new Secret("forms.submit.", Sensitive.VISITOR_DATA, "args.#1", Act.MASK_LEAVES));

    private CockpitSecrets() {}

    static Plan addTo(Plan plan, String type) {
        add(plan, OF_ALL, type);
        if (type.startsWith("cockpit.") || type.startsWith("maya.")) {
            add(plan, OF_PRODUCT, type.substring(type.indexOf('.') + 1));
        }
        return plan;
    }

    private static void add(Plan plan, List<Secret> secrets, String type) {
        for (Secret secret : secrets) {
            if (type.startsWith(secret.events())) {
                plan.sensitive(secret.kind(), secret.path(), secret.act());
            }
        }
    }
}
