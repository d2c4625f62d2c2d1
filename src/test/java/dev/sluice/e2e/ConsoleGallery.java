package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.browser.Axe;
import dev.sluice.testing.browser.Tab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Whether each page fits its window and keeps nobody from it. By default all screens are seen wide and light in English, and
 * {@link #FEW} narrow and dark in Spanish, which is longer; there the others are only held against their window, and one page
 * leads to the next. {@code -Dsluice.screens=true} sees all, in all looks and states, each from its address, and takes pictures
 * of them in {@code target/screenshots}; a pattern in place of {@code true}
 * says which, by their names.
 */
final class ConsoleGallery {
    private static final String ASKED = System.getProperty("sluice.screens", "false");
    static final boolean ALL = !ASKED.equals("false");
    private static final Pattern WANTED = Pattern.compile(ASKED.equals("true") ? ".*" : ASKED);
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final Look WIDE = new Look("en", "light", 1280);
    private static final Look PHONE = new Look("es", "dark", 390);
    private static final Set<String> FEW = Set.of(
            "overview",
            "webhooks",
            "webhook-failing",
            "form",
            "delivery",
            "menu",
            "webhook-delete",
            "form-wrong",
            "portal-yellow");
    /** What is asked for when the rest of the page is there. */
    private static final Map<String, String> LATER =
            Map.of("webhooks", ".spark", "event-compare", ".diff", "playground", ".fold .state");

    private static final String READY =
            "!document.querySelector('.loading') && document.querySelector('.page, .door, .main > .note')";
    /** Nothing changes any more; what never rests is not waited for. */
    private static final String REST = """
            new Promise((rests) => {
              let soon = setTimeout(rests, 60);
              new MutationObserver(() => { clearTimeout(soon); soon = setTimeout(rests, 60); })
                .observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
              setTimeout(rests, 900);
            })""";
    /**
     * What a reader could not read: choices that are longer than their box, what goes on at a side without a sign, tables that
     * stick out of their card. A font is put together here, as its short form is empty where ligatures are off.
     */
    private static final String CUT = """
            (() => {
              const pen = document.createElement('canvas').getContext('2d');
              const arrow = 14;
              const isCut = (select) => {
                const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(select);
                pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
                const text = select.selectedOptions[0]?.text ?? '';
                return select.clientWidth > 0 && pen.measureText(text).width > select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow;
              };
              const goesOn = (e) => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
                && !e.matches('[data-before], [data-behind], textarea, .hidden');
              const sticksOut = (e) => e.closest('.card')?.getBoundingClientRect().right < e.getBoundingClientRect().right - 1;
              return [...[...document.querySelectorAll('.card table')].filter(sticksOut).map((e) => `a table of ${e.parentElement.className}`),
                ...[...document.querySelectorAll('select')].filter(isCut).map((e) => `${e.id || e.ariaLabel}: ${e.selectedOptions[0].text}`),
                ...[...document.querySelectorAll('body *')].filter(goesOn).map((e) => `${e.tagName}.${e.className}`)].join('; ');
            })()""";

    private final Tab tab;
    private final String pod;
    /** Taken at the end, so that all of them are said at once. */
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    private Look look = WIDE;

    ConsoleGallery(Tab tab, String pod) {
        this.tab = tab;
        this.pod = pod;
    }

    record Look(String language, String colours, int width) {
        int height() {
            return isPhone() ? 844 : 800;
        }

        boolean isPhone() {
            return width < 600;
        }

        String text() {
            return language + "-" + colours + "-" + width;
        }
    }

    static List<Look> looks() {
        if (!ALL) {
            return List.of(WIDE, PHONE);
        }
        List<Look> all = new ArrayList<>();
        for (String language : List.of("en", "es")) {
            for (String colours : List.of("light", "dark")) {
                all.add(new Look(language, colours, WIDE.width()));
                all.add(new Look(language, colours, PHONE.width()));
            }
        }
        return all;
    }

    /** Of the page that is open, and of those that are seen from now on. */
    void wear(Look next) {
        look = next;
        tab.script("Object.keys(sessionStorage).filter((name) => name.includes('draft')).forEach((name) =>"
                + " sessionStorage.removeItem(name))");
        tab.script("localStorage.setItem('sluice.language', '%s')".formatted(next.language()));
        tab.colours(next.colours()).size(next.width(), next.height()).open(pod + tab.path());
    }

    /** A page as it is when it opens. */
    void see(String screen, String path) {
        if (!isWanted(screen)) {
            return;
        }
        if (ALL) {
            tab.open(pod + path);
        } else {
            tab.go(path);
        }
        see(screen);
    }

    /** A page on which something is done, and is gone with it. */
    void see(String state, String path, Consumer<Tab> act) {
        if (isWanted(state) && (ALL || (look.isPhone() && FEW.contains(state)))) {
            tab.open(pod + path);
            ready();
            act.accept(tab);
            see(state);
        }
    }

    /** The page that is open. */
    void see(String screen) {
        ready();
        if (LATER.containsKey(screen)) {
            tab.until("document.querySelector('%s')".formatted(LATER.get(screen)));
        }
        String name = name(screen);
        // on a phone the window grows with what sticks out of it
        assertThat(tab.script("[innerWidth, document.documentElement.scrollWidth].join()"))
                .as("how wide is " + name)
                .isEqualTo(look.width() + "," + look.width());
        String cut = String.valueOf(tab.script(CUT));
        if (!cut.isEmpty()) {
            faults.put(name + ", what is cut", List.of(cut));
        }
        if (ALL) {
            tab.picture(FOLDER.resolve(name + ".png"));
        }
        if (ALL || look.equals(WIDE) || FEW.contains(screen)) {
            List<String> found = Axe.faults(tab);
            if (!found.isEmpty()) {
                faults.put(name, found);
            }
        }
    }

    private boolean isWanted(String screen) {
        return !ALL || WANTED.matcher(name(screen)).find();
    }

    private String name(String screen) {
        return screen + "-" + look.text();
    }

    private void ready() {
        tab.until(READY).script(REST);
        tab.until(READY);
    }

    void keepsNobodyOut() {
        assertThat(faults)
                .as("what is cut, or what axe-core calls serious or critical")
                .isEmpty();
    }
}
