package dev.sluice.access;

import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.secrets.UnreadableSecret;
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
     * @param until  when the visit is over
     * @param linkBy until when it can be exchanged for the pass of a visit; null: it is one
     */
    public record Pass(
            String id,
            String keyId,
            Role role,
            String tenant,
            Instant until,
            @Nullable Instant linkBy) {
        Caller caller() {
            return new Caller(CALLER + id, "portal of " + tenant, role, tenant, null);
        }
    }

    /** A link that {@link #visit} takes. */
    public String link(Caller maker, Role role, String tenant, Instant until) {
        String id = HexFormat.of().formatHex(entropy.bytes(ID_BYTES));
        return seal(
                new Pass(id, maker.id(), role, tenant, until, clock.instant().plus(LINK)));
    }

    /** What the link says; null if it is none, is over, or was made with a key that is gone. */
    public @Nullable Pass readLink(String token) {
        Pass pass = read(token);
        return pass != null && pass.linkBy() != null && clock.instant().isBefore(pass.linkBy()) ? pass : null;
    }

    /** The pass of a visit, for whoever used up the link. */
    public String visit(Pass link) {
        return seal(new Pass(link.id(), link.keyId(), link.role(), link.tenant(), link.until(), null));
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
        if (pass.linkBy() != null) {
            json.put("linkBy", pass.linkBy().toEpochMilli());
        }
        byte[] sealed = secrets.seal(json.encode(), PLACE).getBytes(StandardCharsets.UTF_8);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private @Nullable Pass read(String token) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
            Pass pass = pass(new JsonObject(secrets.open(new String(sealed, StandardCharsets.UTF_8), PLACE)));
            return clock.instant().isBefore(pass.until()) && keys.holds(pass.keyId()) ? pass : null;
        } catch (UnreadableSecret | IllegalArgumentException | StringIndexOutOfBoundsException forged) {
            return null;
        }
    }

    private static Pass pass(JsonObject json) {
        Long linkBy = json.getLong("linkBy");
        return new Pass(
                json.getString("id"),
                json.getString("key"),
                Role.of(Objects.requireNonNullElse(json.getString("role"), "")).orElse(Role.READ),
                json.getString("tenant"),
                Instant.ofEpochMilli(json.getLong("until")),
                linkBy == null ? null : Instant.ofEpochMilli(linkBy));
    }
}
