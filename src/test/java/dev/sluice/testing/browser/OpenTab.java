package dev.sluice.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A tab for each test, that shares nothing with others but the browser, which opens once for all tests of this JVM. What
 * the page complained of would be seen by nobody else: it fails the test.
 */
public final class OpenTab implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace ROOM = ExtensionContext.Namespace.create(OpenTab.class);

    private Tab tab;

    public Tab tab() {
        return tab;
    }

    /** The root's store closes what it holds when the last test is over. */
    @Override
    public void beforeEach(ExtensionContext context) {
        tab = context.getRoot()
                .getStore(ROOM)
                .computeIfAbsent(Browser.class, first -> Browser.open(), Browser.class)
                .tab();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (tab != null) {
            tab.close();
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
