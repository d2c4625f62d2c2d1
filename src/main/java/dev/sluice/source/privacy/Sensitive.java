package dev.sluice.source.privacy;

import java.util.Arrays;
import java.util.Optional;

/** What a dialect knows to be sensitive in the bodies of its own events; each kind is a switch of its own. */
public enum Sensitive {
    /** Cockpit, Maya: what authenticates a caller of the API, in {@code *.api.authenticate} and in accounts. */
    TOKENS("tokens"),
    /** Cockpit, Maya: where files are on the server; their last segment stays. */
    SERVER_PATHS("serverPaths"),
    /** Cockpit, Maya: the settings of storage adapters. */
    STORAGE_KEYS("storageKeys"),
    /** Cockpit, Maya: addresses in accounts. */
    ACCOUNT_EMAILS("accountEmails"),
    /** Cockpit, Maya: what a visitor typed into a form; the names of the fields stay. */
    VISITOR_DATA("visitorData"),
    /** Modyo: address and browser of whoever caused the event. */
    REQUEST_DATA("requestData");

    private final String text;

    Sensitive(String text) {
        this.text = text;
    }

    /** As settings name it. */
    public String text() {
        return text;
    }

    /** As {@link Redaction#rule} names it. */
    public String rule() {
        return "redact." + text;
    }

    public static Optional<Sensitive> find(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
