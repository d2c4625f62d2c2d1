package dev.sluice.chaos;

import dev.sluice.chaos.Trouble.Place;
import dev.sluice.testing.NameServer;
import dev.sluice.testing.Relay;
import java.time.Duration;

/** What happens between pods and the endpoint, and to its name. */
final class EndpointTroubles {
    static final String HOME = "127.0.0.1";
    static final String ELSEWHERE = "127.0.0.2";
    private static final Duration LATE = Duration.ofMillis(300);

    private final Relay line;
    private final NameServer names;
    private final Troubles troubles;
    private String address = HOME;

    EndpointTroubles(Relay line, NameServer names, Troubles troubles) {
        this.line = line;
        this.names = names;
        this.troubles = troubles;
    }

    void add() {
        add("connections to the endpoint break", Place.LINE_TO_ENDPOINT, line::cut);
        add("nobody can connect to the endpoint", Place.LINE_TO_ENDPOINT, line::refuse);
        add("the line to the endpoint is slow", Place.LINE_TO_ENDPOINT, () -> line.beSlow(LATE));
        add("connections to the endpoint are half open", Place.LINE_TO_ENDPOINT, line::beMute);
        troubles.add(() ->
                new Trouble("the name server fails", Place.NAMES, () -> become(NameServer.Manner.FAILS), this::answer));
        troubles.add(() -> new Trouble(
                "the name server does not answer",
                Place.NAMES,
                () -> become(NameServer.Manner.SAYS_NOTHING),
                this::answer));
        troubles.add(() -> new Trouble("the endpoint has moved", Place.NAMES, this::move, () -> {}));
    }

    private void add(String name, Place place, Runnable begins) {
        troubles.add(() -> new Trouble(name, place, begins, line::behave));
    }

    private void become(NameServer.Manner manner) {
        names.become(manner);
        line.cut(); // who connects again has to ask
    }

    private void answer() {
        names.become(NameServer.Manner.ANSWERS);
    }

    private void move() {
        String former = address;
        address = former.equals(HOME) ? ELSEWHERE : HOME;
        names.know(address);
        line.move(former, address);
    }
}
