package dev.sluice.sim.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A sorted set, and the commands on it. */
final class SortedSet implements Value {
    private final Map<String, Double> scores = new HashMap<>();
    private final NavigableSet<Member> order = new TreeSet<>();

    private record Member(double score, String name) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            int byScore = Double.compare(score + 0.0, other.score + 0.0);
            return byScore == 0 ? name.compareTo(other.name) : byScore;
        }
    }

    /** One end of a range of scores. */
    private record Bound(double score, boolean isOpen) {
        static Bound of(String text) {
            boolean isOpen = text.startsWith("(");
            Double score = Numbers.parse(isOpen ? text.substring(1) : text);
            if (score == null) {
                throw new Failure("ERR min or max is not a float");
            }
            return new Bound(score, isOpen);
        }
    }

    @Override
    public boolean isEmpty() {
        return scores.isEmpty();
    }

    @Override
    public Value copy() {
        SortedSet copy = new SortedSet();
        scores.forEach(copy::set);
        return copy;
    }

    private void set(String name, double score) {
        Double was = scores.put(name, score);
        if (was != null) {
            order.remove(new Member(was, name));
        }
        order.add(new Member(score, name));
    }

    private boolean remove(String name) {
        Double was = scores.remove(name);
        return was != null && order.remove(new Member(was, name));
    }

    private NavigableSet<Member> between(Bound min, Bound max) {
        double above = max.isOpen() || max.score() == Double.POSITIVE_INFINITY ? max.score() : Math.nextUp(max.score());
        double from = min.isOpen() ? Math.nextUp(min.score()) : min.score();
        boolean isAll = !max.isOpen() && max.score() == Double.POSITIVE_INFINITY;
        boolean isNone = from > above || (min.isOpen() && min.score() == Double.POSITIVE_INFINITY);
        if (isNone) {
            return Collections.emptyNavigableSet();
        }
        NavigableSet<Member> behind = order.tailSet(new Member(from, ""), true);
        return isAll ? behind : behind.headSet(new Member(above, ""), false);
    }

    static void into(Map<String, Handler> commands) {
        commands.put("ZADD", SortedSet::add);
        commands.put("ZREM", (data, given) -> {
            String key = given.next();
            SortedSet set = of(data, key);
            long removed = given.rest().stream().filter(set::remove).count();
            data.tidy(key);
            return removed;
        });
        commands.put(
                "ZCARD", (data, given) -> (long) of(data, given.next()).scores.size());
        commands.put("ZSCORE", (data, given) -> {
            Double score = of(data, given.next()).scores.get(given.next());
            return score == null ? null : Numbers.text(score);
        });
        commands.put("ZCOUNT", (data, given) -> (long) of(data, given.next())
                .between(Bound.of(given.next()), Bound.of(given.next()))
                .size());
        commands.put("ZRANK", (data, given) -> rank(of(data, given.next()), given.next(), false));
        commands.put("ZREVRANK", (data, given) -> rank(of(data, given.next()), given.next(), true));
        commands.put("ZREMRANGEBYSCORE", (data, given) -> {
            String key = given.next();
            SortedSet set = of(data, key);
            return removeAll(data, key, set, List.copyOf(set.between(Bound.of(given.next()), Bound.of(given.next()))));
        });
        commands.put("ZREMRANGEBYRANK", (data, given) -> {
            String key = given.next();
            SortedSet set = of(data, key);
            List<Member> all = List.copyOf(set.order);
            return removeAll(data, key, set, List.copyOf(Row.part(all, given.whole(), given.whole())));
        });
        commands.put("ZRANGE", SortedSet::range);
        commands.put("ZRANGEBYSCORE", (data, given) -> {
            String key = given.next();
            Bound min = Bound.of(given.next());
            return answer(of(data, key).between(min, Bound.of(given.next())), new Options().read(given));
        });
        commands.put("ZSCAN", (data, given) -> List.of("0", texts(of(data, given.next()).order.stream(), true)));
    }

    private static SortedSet of(Database data, String key) {
        SortedSet known = data.get(key, SortedSet.class);
        return known == null ? new SortedSet() : known;
    }

    private static Object removeAll(Database data, String key, SortedSet set, List<Member> some) {
        some.forEach(member -> set.remove(member.name()));
        data.tidy(key);
        return (long) some.size();
    }

    private static Object rank(SortedSet set, String name, boolean isReverse) {
        Double score = set.scores.get(name);
        if (score == null) {
            return null;
        }
        Member member = new Member(score, name);
        return (long) (isReverse ? set.order.tailSet(member, false) : set.order.headSet(member, false)).size();
    }

    private static Object add(Database data, Arguments given) {
        String key = given.next();
        boolean onlyNew = false;
        boolean onlyKnown = false;
        boolean onlyGreater = false;
        while (true) {
            if (given.take("NX")) {
                onlyNew = true;
            } else if (given.take("XX")) {
                onlyKnown = true;
            } else if (given.take("GT")) {
                onlyGreater = true;
            } else {
                break;
            }
        }
        List<Member> members = new ArrayList<>();
        while (given.hasMore()) {
            double score = given.score();
            members.add(new Member(score, given.next()));
        }
        if (members.isEmpty()) {
            throw given.syntax();
        }
        if (onlyKnown && !data.has(key)) {
            return 0L;
        }
        SortedSet set = data.make(key, SortedSet.class, SortedSet::new);
        long added = 0;
        for (Member member : members) {
            Double was = set.scores.get(member.name());
            boolean isKept = was == null ? onlyKnown : onlyNew || (onlyGreater && member.score() <= was);
            if (!isKept) {
                set.set(member.name(), member.score());
                added += was == null ? 1 : 0;
            }
        }
        return added;
    }

    /** What follows the ends of a range. */
    private static final class Options {
        boolean byScore;
        boolean isReverse;
        boolean withScores;
        long offset;
        long count = -1;

        Options read(Arguments given) {
            while (given.hasMore()) {
                if (given.take("BYSCORE")) {
                    byScore = true;
                } else if (given.take("REV")) {
                    isReverse = true;
                } else if (given.take("WITHSCORES")) {
                    withScores = true;
                } else if (given.take("LIMIT")) {
                    offset = given.whole();
                    count = given.whole();
                } else {
                    throw given.syntax();
                }
            }
            return this;
        }
    }

    private static Object range(Database data, Arguments given) {
        String key = given.next();
        String from = given.next();
        String to = given.next();
        Options options = new Options().read(given);
        SortedSet set = of(data, key);
        if (options.byScore) {
            Bound min = Bound.of(options.isReverse ? to : from);
            NavigableSet<Member> found = set.between(min, Bound.of(options.isReverse ? from : to));
            return answer(options.isReverse ? found.descendingSet() : found, options);
        }
        List<Member> all = List.copyOf(options.isReverse ? set.order.descendingSet() : set.order);
        List<Member> part = Row.part(all, Numbers.whole(from), Numbers.whole(to));
        return texts(part.stream(), options.withScores);
    }

    private static Object answer(NavigableSet<Member> found, Options options) {
        Stream<Member> some = found.stream().skip(options.offset);
        return texts(options.count < 0 ? some : some.limit(options.count), options.withScores);
    }

    private static List<Object> texts(Stream<Member> members, boolean withScores) {
        List<Object> texts = new ArrayList<>();
        members.forEach(member -> {
            texts.add(member.name());
            if (withScores) {
                texts.add(Numbers.text(member.score()));
            }
        });
        return texts;
    }
}
