package dev.sluice.e2e;

import dev.sluice.testing.browser.Tab;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** What a person sees of a screen after he did something, or when all is not well: dialogs, menus, answers, errors. */
final class ConsoleStates {
    /** @param act what is done on the page, until it shows */
    record State(String name, String path, Consumer<Tab> act) {}

    private static final String MADE = "Checkout";

    private ConsoleStates() {}

    static List<State> of(ConsoleScene scene) {
        String shop = at(scene.shop.getString("id"));
        String search = at(scene.search.getString("id"));
        return List.of(
                new State("menu", "/", ConsoleStates::openPlaces),
                new State("webhook-off", at(scene.partner.getString("id")), ConsoleStates::none),
                new State(
                        "webhook-dead-letters",
                        at(scene.partner.getString("id")) + "/dead-letters",
                        ConsoleStates::none),
                new State("webhook-delete", shop, pressing(".menu .danger", "dialog[open]")),
                new State("webhook-tested", shop + "/test", pressing(".under-label", ".timing")),
                new State("webhook-test-failed", search + "/test", pressing(".under-label", ".timing")),
                new State("webhooks-chosen", "/webhooks", pressing("thead [type=checkbox]", ".note .danger")),
                new State("webhooks-none", "/webhooks?q=nobody", ConsoleStates::none),
                new State("form-all", "/webhooks/new", ConsoleStates::openFolds),
                new State(
                        "form-wrong",
                        "/webhooks/new?url=ftp://example.com",
                        pressing("form .end .primary, .sticky-end .primary", ".wrong")),
                new State(
                        "form-strapi",
                        "/webhooks/new?source=strapi",
                        pressing("[name=events][value=some]", ".matrix, .pick")),
                new State("form-oauth", "/webhooks/new", pressing("[name=auth][value=oauth2]", "#tokenUrl")),
                new State("form-modyo", "/webhooks/new?source=modyo", ConsoleStates::chooseEvents),
                new State("form-cockpit", "/webhooks/new?source=cockpit", ConsoleStates::chooseEvents),
                new State("form-maya", "/webhooks/new?source=maya", ConsoleStates::chooseEvents),
                new State("replay-under-way", shop + "/replay", ConsoleStates::replay),
                new State("toast", "/sources/strapi/settings", tab -> say(tab, true, ".end .primary", ".toast")),
                new State("toast-bad", "/sources/strapi", tab -> say(tab, false, ".head .switch", ".toast.bad")),
                new State("source-secret", "/sources?new=yes&system=docker-hub", ConsoleStates::makeUp),
                new State("source-came", "/sources", scene::sendTheFirstRequest),
                new State("source-new-strapi", "/sources?new=yes&system=strapi", ConsoleStates::none),
                new State("source-new-docker-hub", "/sources?new=yes&system=docker-hub", ConsoleStates::none),
                new State("source-refused", "/sources/payments/refused", pressing(".fold > summary", ".fold[open]")),
                new State("key-new", "/keys", pressing(".head .primary", "dialog[open]")),
                new State("nowhere", "/webhooks/none/nothing", ConsoleStates::none),
                new State("event-gone", "/events/evt_none", ConsoleStates::none),
                new State("playground-opened", "/playground/demo", pressing(".fold > summary", ".fold[open]")),
                new State("disconnected", "/deliveries", ConsoleStates::disconnect));
    }

    private static String at(String webhook) {
        return "/webhooks/" + webhook;
    }

    private static void none(Tab tab) {
        // it is told by the address alone
    }

    static Consumer<Tab> pressing(String what, String shows) {
        return tab -> tab.until("document.querySelector('%s')".formatted(what))
                .until("(document.querySelector('%s').click(), true)".formatted(what))
                .until("document.querySelector('%s')".formatted(shows));
    }

    /** They are always there in a wide window. */
    private static void openPlaces(Tab tab) {
        tab.until("document.querySelector('.side.open') || (document.querySelector('.menu-button').click(), false)");
    }

    static void makeKey(Tab tab) {
        pressing(".head .primary", "dialog #key-name").accept(tab);
        tab.fill("#key-name", MADE);
        pressing("dialog .end .primary", ".secret code").accept(tab);
    }

    /** What was made in one look would be in the next. */
    static void forgetKeys(Rest admin) {
        admin.get("/v1/keys").json().getJsonArray("keys").stream()
                .map(JsonObject.class::cast)
                .filter(key -> key.getString("name").equals(MADE))
                .forEach(key -> admin.delete("/v1/keys/" + key.getString("id")));
    }

    private static void chooseEvents(Tab tab) {
        pressing("[name=events][value=some]", ".chips input, .pick, details.inline, .matrix")
                .accept(tab);
        openFolds(tab);
    }

    private static void replay(Tab tab) {
        stay(tab);
        pressing(".end .primary", "td progress").accept(tab);
    }

    private static void say(Tab tab, boolean isConnected, String pressed, String shows) {
        stay(tab);
        tab.connected(isConnected);
        pressing(pressed, shows).accept(tab);
    }

    /** What is shown for some seconds stays. */
    private static void stay(Tab tab) {
        tab.script("{ const soon = setTimeout; window.setTimeout = (act, ms) => (ms > 1000 ? 0 : soon(act, ms)); }");
    }

    private static void makeUp(Tab tab) {
        pressing(".steps .row .button", ".steps .row .soft").accept(tab);
        pressing(".end .primary", ".secret code").accept(tab);
        tab.until("location.pathname.startsWith('/sources/')");
    }

    private static void openFolds(Tab tab) {
        tab.until("(document.querySelectorAll('details.fold').forEach((one) => one.open = true), true)");
    }

    private static void disconnect(Tab tab) {
        tab.connected(false);
        pressing(".filters .plain", ".banner").accept(tab);
    }
}
