package dev.sluice.life;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this pod is alive as the others see it, and which of them are not. Any thread may ask; one tells.
 *
 * <p>A life is an uninterrupted time for which a pod said that it is there. It is an epoch, too: over here, by this pod's
 * monotonic clock and for ever, before others take it for over by Redis' clock, as it counts from when a beat was asked for
 * and they count from when Redis had it. Then the pod begins another one, under another name.
 */
public final class Life {
    /** A beat comes so often. */
    public static final Duration BEAT = Duration.ofMillis(500);

    /**
     * Who said nothing for so long is taken for dead: longer than collections of garbage, busy machines and short breaks of
     * a network last, short enough that its work goes on within five seconds.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A connection that says nothing for so long is made anew where a life or a lease hangs on it, before either is over. */
    public static final Duration NOTICE = Duration.ofSeconds(1);

    /** Each takes a few beats at least, and after a minute at most nobody acts on what was claimed in one. */
    private static final int REMEMBERED = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    private final String pod;
    private final Epochs epochs;

    // told by one thread, read by others
    private volatile Self self;
    /** The epoch of the last life that the roll has. */
    private volatile long begun = Epochs.NONE;

    private volatile Set<String> over = Set.of();
    private volatile Set<String> dead = Set.of();

    /** One life of this pod; what is done in it is done under its name. */
    public record Self(String name, int number, long epoch) {}

    /** @param pod names this process, never used before */
    public Life(String pod, Epochs epochs) {
        this.pod = pod;
        this.epochs = epochs;
        this.self = next(1);
    }

    private Self next(int number) {
        return new Self(pod + "." + number, number, epochs.next());
    }

    public String pod() {
        return pod;
    }

    /** The present life, which may be over: {@link #goesOn}. */
    public Self self() {
        return self;
    }

    /** Names of the lives of this pod before that one, the last few, which others may not have taken for over yet. */
    public List<String> before(Self life) {
        return IntStream.range(Math.max(1, life.number() - REMEMBERED), life.number())
                .mapToObj(number -> pod + "." + number)
                .toList();
    }

    /** Once false, false for ever. */
    public boolean goesOn(Self life) {
        return epochs.owns(life.epoch());
    }

    /** The roll does not have it yet, as this process has just begun. */
    boolean isBeginning() {
        return begun == Epochs.NONE;
    }

    /** Of all pods: what was done in these may be taken over. */
    public Set<String> livesOver() {
        return over;
    }

    /** Pods that have no life any more. */
    public Set<String> deadPods() {
        return dead;
    }

    /** The roll has the beat that was asked for then. */
    void beaten(Self life, long askedAt, Roll.Called called) {
        long until = askedAt + PATIENCE.toNanos();
        if (begun != life.epoch()) {
            begun = life.epoch();
            epochs.begin(life.epoch(), until);
        } else if (!epochs.extend(life.epoch(), until)) {
            LOG.atWarn()
                    .addKeyValue("life", life.name())
                    .log("others may have taken this pod for dead; what they may have, it leaves to them");
            self = next(life.number() + 1);
        }
        heard(called);
    }

    private void heard(Roll.Called called) {
        Set<String> lives = new HashSet<>(called.over());
        lives.remove(self.name());
        Set<String> alive = pods(called.on());
        Set<String> gone = pods(lives);
        gone.removeAll(alive);
        gone.remove(pod);
        gone.stream()
                .filter(one -> !dead.contains(one))
                .forEach(one -> LOG.atInfo()
                        .addKeyValue("pod", one)
                        .log("a pod has ended or is dead; what it had in hand is taken over"));
        over = Collections.unmodifiableSet(lives); // whose order is the same in each process, unlike that of Set.copyOf
        dead = Collections.unmodifiableSet(gone);
    }

    private static Set<String> pods(Set<String> lives) {
        return lives.stream()
                .map(life -> life.substring(0, life.lastIndexOf('.')))
                .collect(Collectors.toSet());
    }

    /** Nothing is claimed in it any more. */
    void end() {
        epochs.end(self.epoch());
    }
}
