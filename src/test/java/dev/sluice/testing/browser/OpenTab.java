package dev.sluice.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A tab that is empty before each test. All tests of this JVM share one, and the browser: a new one, whose scripts are read
 * and compiled anew, costs more than most tests do. What the page complained of would be seen by nobody else: it fails the
 * test.
 */
public final class OpenTab implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace ROOM = ExtensionContext.Namespace.create(OpenTab.class);

    private Tab tab;

    public Tab tab() {
        return tab;
    }

    /** The root's store closes the browser when the last test is over. */
    @Override
    public void beforeEach(ExtensionContext context) {
        Browser browser = room(context).computeIfAbsent(Browser.class, first -> Browser.open(), Browser.class);
        tab = room(context).computeIfAbsent(Tab.class, first -> browser.tab(), Tab.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (tab == null) {
            return;
        }
        List<String> complaints = List.copyOf(tab.complaints());
        try {
            tab.clear();
        } catch (AssertionError stuck) {
            room(context).remove(Tab.class);
            throw stuck;
        }
        assertThat(complaints).isEmpty();
    }

    private static ExtensionContext.Store room(ExtensionContext context) {
        return context.getRoot().getStore(ROOM);
    }
}
