package dev.sluice.access;

import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.secrets.UnreadableSecret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes for the customers of a host application: what may be seen of one tenant, for a while. Any thread.
 *
 * <p>A pass is sealed with the key that all pods have for secrets, so each of them knows one when it sees it, and none is
 * stored. It names the API key that it was made with, and is good no longer than that one. Who holds a pass calls what is about
 * webhooks and what became of events, and nothing else.
 */
public final class Passes {
    public static final String PREFIX = "slp_";
    /** From when a link was made to when it is used. */
    public static final Duration LINK = Duration.ofMinutes(5);

    private static final String CALLER = "pass:";
    private static final String PLACE = "pass";
    /** Where one is sealed that is limited to some types: a pod that knows of no such limit cannot read it. */
    private static final String LIMITED_PLACE = "pass of types";

    private static final String LOGO_PLACE = "logo";
    private static final int MOST_LOGO = 4096;
    private static final int ID_BYTES = 16;
    /** What is below, and what is called so. */
    private static final List<String> OPEN = List.of(
            "/v1/me",
            "/v1/webhooks",
            "/v1/deliveries",
            "/v1/dead-letters",
            "/v1/events/",
            "/v1/event-types",
            "/v1/statistics",
            "/v1/tail");

    /** Possessive, as a group that may give back goes one call deeper each time. */
    private static final Pattern PLAIN = Pattern.compile("(?:/[\\w-]++)++/?");

    private final SecretBox secrets;
    private final KeyRing keys;
    private final Entropy entropy;
    private final InstantSource clock;

    public Passes(SecretBox secrets, KeyRing keys, Entropy entropy, InstantSource clock) {
        this.secrets = secrets;
        this.keys = keys;
        this.entropy = entropy;
        this.clock = clock;
    }

    /**
     * What a pass says.
     *
     * @param id     never the same twice
     * @param keyId  of the API key that it was made with
     * @param types  as of a {@link Caller}
     * @param until  when the visit is over
     * @param linkBy until when it can be exchanged for the pass of a visit; null: it is one
     */
    public record Pass(
            String id,
            String keyId,
            Role role,
            String tenant,
            List<String> types,
            Instant until,
            @Nullable Instant linkBy) {
        public Pass {
            types = List.copyOf(types);
        }

        Caller caller() {
            return new Caller(CALLER + id, "portal of " + tenant, role, tenant, null, types);
        }
    }

    /** What {@link #link} makes a link of. */
    public Pass pass(Caller maker, Role role, String tenant, List<String> types, Instant until) {
        String id = HexFormat.of().formatHex(entropy.bytes(ID_BYTES));
        return new Pass(
                id, maker.id(), role, tenant, types, until, clock.instant().plus(LINK));
    }

    /** A link that {@link #visit} takes. */
    public String link(Pass pass) {
        return seal(pass);
    }

    /** What the link says; null if it is none, is over, or was made with a key that is gone. */
    public @Nullable Pass readLink(String token) {
        Pass pass = read(token);
        return pass != null && pass.linkBy() != null && clock.instant().isBefore(pass.linkBy()) ? pass : null;
    }

    /** The pass of a visit, for whoever used up the link. */
    public String visit(Pass link) {
        return seal(new Pass(link.id(), link.keyId(), link.role(), link.tenant(), link.types(), link.until(), null));
    }

    /** What the address of a page says of a logo: sealed, so that nobody else can have a page allow what it may not show. */
    public String logo(Logo logo) {
        return packed(secrets.seal(logo.allowed(), LOGO_PLACE));
    }

    /** What the policy of that page has to allow; null if nobody said so. */
    public @Nullable String allowed(String logo) {
        try {
            return logo.length() > MOST_LOGO ? null : secrets.open(unpacked(logo), LOGO_PLACE);
        } catch (UnreadableSecret | IllegalArgumentException forged) {
            return null;
        }
    }

    private static String packed(String sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.getBytes(StandardCharsets.UTF_8));
    }

    private static String unpacked(String packed) {
        return new String(Base64.getUrlDecoder().decode(packed), StandardCharsets.UTF_8);
    }

    static boolean isOne(String token) {
        return token.startsWith(PREFIX);
    }

    /** Who is on a visit with it; null if nobody is. */
    @Nullable
    Caller authenticate(String token) {
        Pass pass = read(token);
        return pass != null && pass.linkBy() == null ? pass.caller() : null;
    }

    public static boolean isVisitor(Caller caller) {
        return caller.id().startsWith(CALLER);
    }

    /** Whether a visitor may call what is at this path. A router that normalised it must find nothing else behind it. */
    static boolean isOpen(String path) {
        return PLAIN.matcher(path).matches()
                && OPEN.stream()
                        .anyMatch(open -> path.startsWith(open.endsWith("/") ? open : open + "/") || path.equals(open));
    }

    private String seal(Pass pass) {
        JsonObject json = new JsonObject()
                .put("id", pass.id())
                .put("key", pass.keyId())
                .put("role", pass.role().word())
                .put("tenant", pass.tenant())
                .put("until", pass.until().toEpochMilli());
        if (!pass.types().isEmpty()) {
            json.put("types", new JsonArray(pass.types()));
        }
        if (pass.linkBy() != null) {
            json.put("linkBy", pass.linkBy().toEpochMilli());
        }
        return PREFIX + packed(secrets.seal(json.encode(), pass.types().isEmpty() ? PLACE : LIMITED_PLACE));
    }

    private @Nullable Pass read(String token) {
        try {
            Pass pass = pass(new JsonObject(open(unpacked(token.substring(PREFIX.length())))));
            return clock.instant().isBefore(pass.until()) && keys.holds(pass.keyId()) ? pass : null;
        } catch (UnreadableSecret | IllegalArgumentException | StringIndexOutOfBoundsException forged) {
            return null;
        }
    }

    private String open(String sealed) throws UnreadableSecret {
        try {
            return secrets.open(sealed, PLACE);
        } catch (UnreadableSecret limited) {
            return secrets.open(sealed, LIMITED_PLACE);
        }
    }

    private static Pass pass(JsonObject json) {
        Long linkBy = json.getLong("linkBy");
        return new Pass(
                json.getString("id"),
                json.getString("key"),
                Role.of(Objects.requireNonNullElse(json.getString("role"), "")).orElse(Role.READ),
                json.getString("tenant"),
                json.getJsonArray("types", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList(),
                Instant.ofEpochMilli(json.getLong("until")),
                linkBy == null ? null : Instant.ofEpochMilli(linkBy));
    }
}
