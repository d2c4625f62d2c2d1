package dev.sluice.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AxeTest {
    @RegisterExtension
    final OpenTab opened = new OpenTab();

    @Test
    void findsAButtonThatNobodyCanName() {
        Tab tab = opened.tab();
        tab.script("document.title = 'A page', document.documentElement.lang = 'en'");
        tab.script("document.body.append(document.createElement('button')), 0");
        assertThat(Axe.faults(tab)).singleElement().asString().startsWith("button-name at button");
        tab.script("document.querySelector('button').append('Send'), 0");
        assertThat(Axe.faults(tab)).isEmpty();
    }
}
