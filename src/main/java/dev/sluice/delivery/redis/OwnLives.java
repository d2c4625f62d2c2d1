package dev.sluice.delivery.redis;

import dev.sluice.life.Life;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lives of this pod, as far as what it has in hand in Redis depends on them. Confined to one event loop. */
final class OwnLives {
    static final String NOBODY = "";

    private final @Nullable Life life;

    // confined state
    /** The one in which this pod holds what it has in hand; null: the first. */
    private @Nullable String goesOnAs;
    /** Those before that. */
    private List<String> left = List.of();

    /** @param life null: of a pod that is never taken for dead, or that claims nothing */
    OwnLives(@Nullable Life life) {
        this.life = life;
    }

    /** Whether a life of this pod may end while it goes on: then there are moments at which it has none. */
    boolean canEnd() {
        return life != null;
    }

    /** The present one, while it goes on. */
    Life.@Nullable Self self() {
        if (life == null) {
            return null;
        }
        Life.Self self = life.self();
        return life.goesOn(self) ? self : null;
    }

    static String name(Life.@Nullable Self self) {
        return self == null ? NOBODY : self.name();
    }

    /** Those before that one, by name. */
    List<String> before(Life.@Nullable Self self) {
        return life == null || self == null ? List.of() : life.before(self);
    }

    /** The present one is another than that in which this pod holds what it has in hand. */
    boolean isAnew() {
        Life.Self self = self();
        return self != null && self.number() > 1 && !self.name().equals(goesOnAs);
    }

    /** What this pod has in hand it holds in that one from now on. */
    void goOnAs(Life.Self self) {
        goesOnAs = self.name();
        left = before(self);
    }

    /** Those that nobody acts in any more, of all pods. */
    Set<String> over() {
        Set<String> over = new HashSet<>(left);
        if (life != null) {
            over.addAll(life.livesOver());
        }
        return over;
    }
}
