package dev.sluice.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a Sluice as the files of a folder say: at the start, and when they, or what they refer to, are others. What people
 * change meanwhile stays until then. Blocks; one thread at a time.
 */
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final String folder;
    private final Map<String, String> environment;
    private final Api api;

    // confined state
    private @Nullable Declared read;
    private @Nullable Declared done;

    /** @param key null where nobody needs one */
    public Keeper(String folder, Map<String, String> environment, String url, @Nullable String key) {
        this.folder = folder;
        this.environment = environment;
        this.api = new Api(url, key);
    }

    /**
     * Reads the files: whether there is anything to do.
     *
     * @throws RuntimeException if they cannot be read; the message says why
     */
    public boolean look() {
        read = Declarations.read(folder, environment);
        return !read.equals(done);
    }

    /**
     * To be called after {@link #look}, and by nobody else at that time, or two would make the same webhook twice.
     *
     * @throws RuntimeException if not all of it can be done; the message says why
     */
    public void apply() {
        Declared wanted = read;
        if (wanted == null) {
            return;
        }
        Plan plan = Planner.plan(api, wanted, null, false);
        plan.changes().forEach(Keeper::make);
        done = wanted;
        LOG.atInfo()
                .addKeyValue("folder", folder)
                .addKeyValue("changes", plan.changes().size())
                .addKeyValue("same", plan.same())
                .log("webhooks and sources are as the files say");
    }

    private static void make(Change change) {
        change.deed().run();
        LOG.atInfo()
                .addKeyValue("sign", change.sign())
                .addKeyValue("what", change.what())
                .log("changed as a file says");
    }
}
