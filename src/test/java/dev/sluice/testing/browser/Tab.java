package dev.sluice.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;

/**
 * A page, used as a person does: by what is written on it, with the mouse and the keyboard. What is to be there is waited
 * for. What the page complains of is collected.
 */
public final class Tab {
    /** What is asked of a page, and answered. */
    @FunctionalInterface
    interface Calls {
        JsonObject make(String method, JsonObject parameters);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A page is drawn within a few of these; asking costs less than a millisecond. */
    private static final Duration STEP = Duration.ofMillis(15);
    /** Finds what can be pressed or filled in by its text, its label, or a selector. */
    private static final String FIND = """
            (what) => {
              const seen = (e) => e.getClientRects().length > 0;
              const text = (e) => (e.getAttribute('aria-label') || e.innerText || '').trim();
              const named = [...document.querySelectorAll('button, a, summary, label, [role=tab], th, input, select, textarea')].filter(seen);
              const label = named.find((e) => e.tagName === 'LABEL' && e.htmlFor && text(e).split('\\n')[0].startsWith(what));
              return named.find((e) => e.tagName !== 'LABEL' && text(e) === what) ?? (label && document.getElementById(label.htmlFor))
                ?? named.find((e) => text(e) === what || text(e).split('\\n')[0] === what)
                ?? named.find((e) => e.tagName === 'A' && text(e).startsWith(what))
                ?? (/^[#.\\[]/.test(what) ? document.querySelector(what) : null);
            }""";

    private static final Map<String, Integer> KEY_CODES = Map.of("Enter", 13, "Escape", 27, "Tab", 9, "Backspace", 8);

    private static final String EMPTY = "about:blank";

    private final Calls call;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    /** Of the scripts that run before those of a page. */
    private final List<String> before = new CopyOnWriteArrayList<>();

    Tab(Calls call) {
        this.call = call;
    }

    void begin() {
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call.make(domain + ".enable", new JsonObject());
        }
        size(1280, 800);
    }

    /** As a new one is: nothing is open, set or kept. */
    void clear() {
        script(
                "(() => { try { sessionStorage.clear(); localStorage.clear(); } catch { /* an empty page has none */ } })()");
        call.make("Page.navigate", new JsonObject().put("url", EMPTY));
        before.forEach(
                id -> call.make("Page.removeScriptToEvaluateOnNewDocument", new JsonObject().put("identifier", id)));
        before.clear();
        connected(true).colours("").size(1280, 800);
        complaints.clear();
    }

    void happened(String method, JsonObject event) {
        if (method.equals("Runtime.exceptionThrown")) {
            complaints.add(event.getJsonObject("exceptionDetails").encode());
        } else if (method.equals("Log.entryAdded")) {
            JsonObject entry = event.getJsonObject("entry");
            if (entry.getString("level").equals("error")
                    && !entry.getString("source").equals("network")) {
                complaints.add(entry.getString("text"));
            }
        } else if (method.equals("Page.javascriptDialogOpening")) {
            complaints.add("a dialog: " + event.getString("message"));
        }
    }

    /** Errors of scripts, and breaches of the page's policy. */
    public List<String> complaints() {
        return complaints;
    }

    public Tab size(int width, int height) {
        call.make(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
        return this;
    }

    public Tab colours(String scheme) {
        call.make(
                "Emulation.setEmulatedMedia",
                new JsonObject()
                        .put(
                                "features",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("name", "prefers-color-scheme")
                                                .put("value", scheme))));
        return this;
    }

    /** Whether anything answers. */
    public Tab connected(boolean isConnected) {
        call.make("Network.enable", new JsonObject());
        call.make(
                "Network.emulateNetworkConditions",
                new JsonObject()
                        .put("offline", !isConnected)
                        .put("latency", 0)
                        .put("downloadThroughput", -1)
                        .put("uploadThroughput", -1));
        return this;
    }

    public Tab open(String url) {
        script("window.left = true");
        boolean isOther =
                call.make("Page.navigate", new JsonObject().put("url", url)).containsKey("loaderId");
        String isThere = "document.readyState === 'complete' && !!document.querySelector('#app > *')";
        until(isOther ? "!window.left && " + isThere : isThere);
        return this;
    }

    /** Another place of the page that is open, as a link of its own leads there; it is drawn when this returns. */
    public Tab go(String path) {
        script("""
                history.pushState(null, '', %s), dispatchEvent(new PopStateEvent('popstate')), scrollTo(0, 0),
                new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))""".formatted(Json.encode(path)));
        return this;
    }

    /** The value of an expression, or of a promise. */
    public Object script(String expression) {
        JsonObject answer = call.make(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        JsonObject failure = answer.getJsonObject("exceptionDetails");
        assertThat(failure).as(expression).isNull();
        return answer.getJsonObject("result").getValue("value");
    }

    public String text() {
        return String.valueOf(script("document.body.innerText"));
    }

    public String path() {
        return String.valueOf(script("location.pathname + location.search"));
    }

    /** Until the page says so. */
    public Tab shows(String... parts) {
        patiently().untilAsserted(() -> assertThat(text()).contains(parts));
        return this;
    }

    /** Until the expression is true; one that fails on what is not there yet is not. */
    public Tab until(String expression) {
        String isTrue = "(() => { try { return !!(%s); } catch { return false; } })()".formatted(expression);
        patiently().alias(expression).until(() -> Boolean.TRUE.equals(script(isTrue)));
        return this;
    }

    /** Presses what has this text, label or selector. */
    public Tab click(String what) {
        JsonObject at = find(what);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call.make(
                    "Input.dispatchMouseEvent",
                    new JsonObject()
                            .put("type", type)
                            .put("x", at.getDouble("x"))
                            .put("y", at.getDouble("y"))
                            .put("button", "left")
                            .put("clickCount", 1));
        }
        return this;
    }

    /** Writes into what has this label, in place of what is there. */
    public Tab fill(String what, String text) {
        find(what);
        script("{ const e = (%s)(%s); e.focus(); e.select?.(); }".formatted(FIND, Json.encode(what)));
        call.make("Input.insertText", new JsonObject().put("text", text));
        return this;
    }

    /** Chooses from a list, by the text of the choice. */
    public Tab choose(String what, String option) {
        find(what);
        Object found = script(
                "(() => { const e = (%s)(%s); const o = [...e.options].find((o) => o.text.startsWith(%s)); if (!o) return false; e.value = o.value; e.dispatchEvent(new Event('change', { bubbles: true })); return true; })()"
                        .formatted(FIND, Json.encode(what), Json.encode(option)));
        assertThat(found).as(what + ": " + option).isEqualTo(true);
        return this;
    }

    /** A key by its name, such as {@code j}, {@code Enter}, {@code Escape}. */
    public Tab press(String key) {
        boolean isText = key.length() == 1;
        String text = isText ? key : key.equals("Enter") ? "\r" : null;
        JsonObject event = new JsonObject().put("key", key).put("type", text == null ? "rawKeyDown" : "keyDown");
        if (text != null) {
            event.put("text", text);
        }
        if (KEY_CODES.containsKey(key)) {
            event.put("windowsVirtualKeyCode", KEY_CODES.get(key));
        }
        call.make("Input.dispatchKeyEvent", event);
        call.make("Input.dispatchKeyEvent", event.copy().put("type", "keyUp"));
        return this;
    }

    /** Where it is, when it moves no more: what is drawn above it later would push it away. */
    private JsonObject find(String what) {
        String script = """
                new Promise((rests) => {
                  let last = {};
                  const look = (left) => {
                    const e = (%s)(%s);
                    e?.scrollIntoView({ block: 'center', behavior: 'instant' });
                    const r = e?.getBoundingClientRect();
                    const at = r && { x: r.x + r.width / 2, y: r.y + r.height / 2 };
                    if (left === 0 || (at && at.x === last.x && at.y === last.y)) return rests(at ?? null);
                    last = at ?? {};
                    requestAnimationFrame(() => requestAnimationFrame(() => look(left - 1)));
                  };
                  look(100);
                })""".formatted(FIND, Json.encode(what));
        String isThere = "!!(%s)(%s)".formatted(FIND, Json.encode(what));
        patiently()
                .untilAsserted(() -> assertThat(script(isThere))
                        .as("'%s' among: %s", what, text())
                        .isEqualTo(true));
        return (JsonObject) script(script);
    }

    /** Runs in each page that is opened from now on, before anything of its own. */
    public Tab before(String script) {
        before.add(call.make("Page.addScriptToEvaluateOnNewDocument", new JsonObject().put("source", script))
                .getString("identifier"));
        return this;
    }

    /** What the window shows, as a small PNG. */
    public byte[] view() {
        return SmallPng.of(shot());
    }

    private byte[] shot() {
        String data = call.make("Page.captureScreenshot", new JsonObject().put("format", "png"))
                .getString("data");
        return Base64.getDecoder().decode(data);
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(STEP);
    }

    /** Of all of the page, in a window that is as high as the page. */
    public Tab picture(Path file) {
        int width = ((Number) script("innerWidth")).intValue();
        int height = ((Number) script("innerHeight")).intValue();
        int whole = ((Number) script("Math.min(document.documentElement.scrollHeight, 2400)")).intValue();
        size(width, Math.max(height, whole));
        byte[] picture = shot();
        size(width, height);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }
}
