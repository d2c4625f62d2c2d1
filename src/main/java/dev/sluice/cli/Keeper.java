package dev.sluice.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a Sluice as the files of a folder say: at the start, and when they, or what they refer to, are others. What people
 * change meanwhile stays until then. Blocks; one thread at a time.
 *
 * <p>What writes the folder may be at it while it is read, so that a webhook that moves from one file to another is in none, or
 * a file ends in its middle: only what two looks in a row read alike is believed, mistakes as well.
 */
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final String ALGORITHM = "HmacSHA256";

    /** What to do behind a look. */
    public enum Look {
        /** All is as it was when it was applied. */
        REST,
        /** Soon again. */
        LOOK_AGAIN,
        APPLY
    }

    private final String folder;
    private final Map<String, String> environment;
    private final Api api;

    // confined state
    private @Nullable Seen last;
    /** The first that was believed. */
    private @Nullable Seen first;

    private @Nullable Declared done;

    /** @param declared null: {@code mistakes} says why there is nothing */
    private record Seen(@Nullable Declared declared, String mistakes) {}

    /**
     * @param key   null where nobody needs one
     * @param trust over TLS; null: that of the JDK
     */
    public Keeper(
            String folder,
            Map<String, String> environment,
            String url,
            @Nullable String key,
            @Nullable SSLContext trust) {
        this.folder = folder;
        this.environment = environment;
        this.api = new Api(url, key, trust);
    }

    /**
     * Reads the files.
     *
     * @throws RuntimeException if they cannot be read; the message says why
     */
    public Look look() {
        Seen seen = read();
        boolean isBelieved = seen.equals(last);
        last = seen;
        if (!isBelieved) {
            return seen.declared() != null && seen.declared().equals(done) ? Look.REST : Look.LOOK_AGAIN;
        }
        first = first == null ? seen : first;
        if (seen.declared() == null) {
            throw new CliFailure(seen.mistakes());
        }
        return seen.declared().equals(done) ? Look.REST : Look.APPLY;
    }

    private Seen read() {
        try {
            return new Seen(Declarations.readConfined(folder, environment), "");
        } catch (CliFailure mistakes) {
            return new Seen(null, mistakes.reason());
        }
    }

    private Declared wanted() {
        Declared wanted = last == null ? null : last.declared();
        if (wanted == null) {
            throw new IllegalStateException("look: not called, or failed (expected: APPLY)");
        }
        return wanted;
    }

    /** Whether what was read last was there when this pod started, and is not a change that it saw. */
    public boolean isOfTheStart() {
        return done == null && last != null && last.equals(first);
    }

    /**
     * Of what was read last, with the secrets that it refers to.
     *
     * @param key without which nobody can try which secret has this digest
     */
    public String digest(String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(wanted().text().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What was read last was applied before, perhaps long ago, and is left as it has become. */
    public void leave() {
        done = wanted();
        LOG.atInfo()
                .addKeyValue("folder", folder)
                .log("what the files say was applied before this pod started: nothing is done until they change");
    }

    /**
     * To be called after {@link #look}, and by nobody else at that time, or two would make the same webhook twice.
     *
     * @param mayGoOn asked before each change
     * @return whether all of it is done
     * @throws RuntimeException if not all of it can be done; the message says why
     */
    public boolean apply(BooleanSupplier mayGoOn) {
        Declared wanted = wanted();
        Plan plan = Planner.plan(api, wanted, null, false);
        for (Change change : plan.changes()) {
            if (!mayGoOn.getAsBoolean()) {
                LOG.atInfo().addKeyValue("folder", folder).log("not all that the files say is done; the rest follows");
                return false;
            }
            make(change);
        }
        done = wanted;
        LOG.atInfo()
                .addKeyValue("folder", folder)
                .addKeyValue("changes", plan.changes().size())
                .addKeyValue("same", plan.same())
                .log("webhooks and sources are as the files say");
        return true;
    }

    private static void make(Change change) {
        change.deed().run();
        LOG.atInfo()
                .addKeyValue("sign", change.sign())
                .addKeyValue("what", change.what())
                .log("changed as a file says");
    }
}
