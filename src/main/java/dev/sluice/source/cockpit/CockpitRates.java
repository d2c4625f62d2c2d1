package dev.sluice.source.cockpit;

import java.util.List;
import java.util.Set;

/** The events of Cockpit and Maya that come with each request to the CMS, or with each page of its backend. */
final class CockpitRates {
    private static final Set<String> OF_PRODUCT =
            Set.of("bootstrap", "rest.init", "menu.aside", "menu.main", "account.editview");
    private static final Set<String> NAMES = Set.of("admin.init", "shutdown");
    private static final List<String> BEGINNINGS = List.of(
            "admin.dashboard.",
            "app.layout.",
            "collections.find.",
            "singleton.getData.after",
            "page.getData.after",
            "cockpit.view.",
            "maya.view.");

    private CockpitRates() {}

    static boolean isHigh(String type) {
        boolean isOfProduct = type.startsWith("cockpit.") || type.startsWith("maya.");
        return NAMES.contains(type)
                || (isOfProduct && OF_PRODUCT.contains(type.substring(type.indexOf('.') + 1)))
                || BEGINNINGS.stream().anyMatch(type::startsWith);
    }
}
