package dev.sluice.cli;

import java.util.Set;

/** What files declare. Each has a name that people know it by. */
enum Kind {
    SOURCE("sources", "source", "version createdAt updatedAt origin path seen warnings"),
    WEBHOOK("webhooks", "webhook", "id version createdAt updatedAt state warnings disabledReason unreadable");

    private final String list;
    private final String word;
    /** Members that Sluice alone decides, with spaces between. */
    private final String told;

    Kind(String list, String word, String told) {
        this.list = list;
        this.word = word;
        this.told = told;
    }

    /** As a member of a file and of an answer. */
    String list() {
        return list;
    }

    String path() {
        return "/v1/" + list;
    }

    Set<String> told() {
        return Set.of(told.split(" "));
    }

    @Override
    public String toString() {
        return word;
    }
}
