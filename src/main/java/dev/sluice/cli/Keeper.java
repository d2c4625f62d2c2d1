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
    private String told = "";

    /** @param key null where nobody needs one */
    public Keeper(String folder, Map<String, String> environment, String url, @Nullable String key) {
        this.folder = folder;
        this.environment = environment;
        this.api = new Api(url, key);
    }

    /** Reads the files: whether there is anything to do. Says so once if they cannot be read. */
    public boolean look() {
        try {
            read = Declarations.read(folder, environment);
            return !read.equals(done);
        } catch (CliFailure wrong) {
            tell(wrong);
            return false;
        }
    }

    /** To be called after {@link #look}, and by nobody else at that time, or two would make the same webhook twice. */
    public void apply() {
        Declared wanted = read;
        if (wanted == null) {
            return;
        }
        try {
            Plan plan = Planner.plan(api, wanted, null, false);
            plan.changes().forEach(Keeper::make);
            done = wanted;
            told = "";
            LOG.atInfo()
                    .addKeyValue("folder", folder)
                    .addKeyValue("changes", plan.changes().size())
                    .addKeyValue("same", plan.same())
                    .log("webhooks and sources are as the files say");
        } catch (CliFailure wrong) {
            tell(wrong);
        }
    }

    private static void make(Change change) {
        change.deed().run();
        LOG.atInfo()
                .addKeyValue("sign", change.sign())
                .addKeyValue("what", change.what())
                .log("changed as a file says");
    }

    private void tell(CliFailure wrong) {
        if (!wrong.reason().equals(told)) {
            told = wrong.reason();
            LOG.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("problem", told)
                    .log("webhooks and sources are not as the files say; it is tried again");
        }
    }
}
