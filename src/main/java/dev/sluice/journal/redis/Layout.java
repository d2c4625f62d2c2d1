package dev.sluice.journal.redis;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.Identity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Into which partition each event of an append goes, and which of them are of one request. A request with a name of its own
 * stands or falls whole: in one script by itself, and spread over several after a {@link NameClaim}.
 */
final class Layout {
    /** Who says whether the name of an event is another's, as the script reads it. */
    enum Says {
        NAME(0),
        /** The event before it, which lies in the same script. */
        EVENT_BEFORE(1),
        /** Nobody: the name of its request is claimed. */
        CLAIM(2);

        final int code;

        Says(int code) {
            this.code = code;
        }
    }

    private final Partitions partitions;
    private final Map<String, Integer> elsewhere;
    private final List<Draft> drafts;
    private final int[] into;
    private final Says[] says;
    private final List<NameClaim> claims = new ArrayList<>(0);
    private boolean hasFreeNames;

    /** @param free the partition of the events that neither have an ordering key nor may repeat */
    Layout(Partitions partitions, int free, List<Draft> drafts) {
        this(partitions, free, drafts, Map.of());
    }

    /** @param elsewhere where the names of some requests lie though they would be placed otherwise now */
    Layout(Partitions partitions, int free, List<Draft> drafts, Map<String, Integer> elsewhere) {
        this.partitions = partitions;
        this.elsewhere = elsewhere;
        this.drafts = drafts;
        this.into = new int[drafts.size()];
        this.says = new Says[drafts.size()];
        int first = 0;
        for (int i = 0; i < drafts.size(); i++) {
            Identity identity = drafts.get(i).identity();
            boolean begins = i == 0 || !isBeside(identity, drafts.get(i - 1).identity());
            if (begins) {
                claimIfSpread(first, i);
                first = i;
            }
            says[i] = begins ? Says.NAME : Says.EVENT_BEFORE;
            into[i] = partition(i, free, begins);
        }
        claimIfSpread(first, drafts.size());
    }

    /** What these are asked for by: see {@link Identity#group}. */
    static Set<String> names(List<Draft> drafts) {
        Set<String> names = new HashSet<>();
        for (Draft draft : drafts) {
            Identity identity = draft.identity();
            if (identity != null) {
                names.add(identity.group());
            }
        }
        return names;
    }

    Partitions partitions() {
        return partitions;
    }

    List<Draft> drafts() {
        return drafts;
    }

    int partition(int place) {
        return into[place];
    }

    Says says(int place) {
        return says[place];
    }

    /** Of partitions, by which it is placed; 0 if its name was found where a former number says. */
    int number(int place) {
        Identity identity = drafts.get(place).identity();
        boolean isFound = identity != null && into[place] < Partitions.FIRST_KEYED && isElsewhere(identity);
        return isFound ? 0 : partitions.free();
    }

    private boolean isElsewhere(Identity identity) {
        return elsewhere.containsKey(identity.group());
    }

    /** To be made before anything is appended; hardly ever any. */
    List<NameClaim> claims() {
        return claims;
    }

    /** Some names lie in free partitions. */
    boolean hasFreeNames() {
        return hasFreeNames;
    }

    /**
     * The places of the requests whose name must be asked for before they are appended.
     *
     * @param every whether those are all that lie in free partitions, and not only what may lie elsewhere
     */
    BitSet asked(boolean every) {
        BitSet asked = new BitSet();
        claims.forEach(claim -> asked.set(claim.from(), claim.to()));
        for (int i = 0; hasFreeNames && i < into.length; i++) {
            Identity identity = drafts.get(i).identity();
            if (identity == null || into[i] >= Partitions.FIRST_KEYED) {
                continue;
            }
            if (every || !partitions.formerOf(identity.group()).isEmpty()) {
                asked.set(i);
            }
        }
        return asked;
    }

    private int freeOf(String group) {
        hasFreeNames = true;
        Integer other = elsewhere.get(group);
        return other == null ? partitions.freeOf(group) : other;
    }

    private static boolean isBeside(@Nullable Identity identity, @Nullable Identity before) {
        return identity != null && before != null && identity.isBeside(before);
    }

    private int partition(int place, int free, boolean begins) {
        Draft draft = drafts.get(place);
        String orderingKey = draft.attributes().get(Attributes.PARTITION_KEY);
        if (orderingKey != null) {
            String tenant = draft.attributes().get(Attributes.TENANT);
            return partitions.keyedOf(tenant == null ? Event.DEFAULT_TENANT : tenant, orderingKey);
        }
        Identity identity = draft.identity();
        if (identity == null) {
            return free;
        }
        boolean isAsBefore = !begins && into[place - 1] < Partitions.FIRST_KEYED;
        return isAsBefore ? into[place - 1] : freeOf(identity.group());
    }

    private void claimIfSpread(int from, int to) {
        Identity request = to - from < 2 ? null : drafts.get(from).identity();
        if (request == null || !isSpread(from, to)) {
            return;
        }
        int number = isElsewhere(request) ? 0 : partitions.free();
        claims.add(new NameClaim(freeOf(request.group()), number, request, from, to));
        for (int i = from; i < to; i++) {
            says[i] = Says.CLAIM;
        }
    }

    private boolean isSpread(int from, int to) {
        if (to - from > AppendOnce.MOST) {
            return true;
        }
        for (int i = from + 1; i < to; i++) {
            if (into[i] != into[from]) {
                return true;
            }
        }
        return false;
    }
}
