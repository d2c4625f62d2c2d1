/**
 * Whole processes of Sluice, and what happens to them and around them. None of it is simulated; {@code dev.sluice.sim} is for what
 * takes a thousand seeds to be seen.
 *
 * <pre>
 *  Scenario           producers, pods and a receiver
 *   ├ Producers       post numbered events to any pod until each is accepted
 *   └ Receiver        remembers what it took for each webhook, how often, in which order
 *  FailoverLedger     a row for each fault: what it did to events and their order
 *  FailoverStory      a Redis of several servers: FailoverChaosTest, SentinelFailoverChaosTest
 *
 *  StormChaosTest     everything goes wrong, by chance and by a seed: mvn -P faults verify
 *   └ Storm ─► Scenario
 *      ├ StormPod         a pod with a line of its own to Redis, a Relay
 *      ├ Troubles         which Trouble comes next; PodTroubles, RedisTroubles, EndpointTroubles know how to do them
 *      └ StormLedger      accepted = delivered + dead + lost (0) + lost with a flush
 *  SoakChaosTest      steady and bursty load for long, and whether anything grows: mvn -P soak verify
 *   └ Vitals, Growth     what a pod holds, and how its last third compares with its second
 *  Quiet              what is left at the end of both: nothing
 * </pre>
 *
 * The others are stories of one thing that happens: a death, a rolling restart, large events, a raised number of partitions.
 *
 * <h2>How a storm works</h2>
 * A master and a replica, events accepted when the replica has them; each pod reaches Redis through a {@code Relay} of its own, and the
 * endpoint through one that all share, by a name that a {@code NameServer} of the test knows. A trouble begins, lasts for some seconds,
 * and ends; the next one begins when events are accepted and delivered again, so that whatever does not come back by itself is found
 * where it was lost. One in four comes with another one at another place. What comes twice is counted with the trouble under which it
 * came. At the end every accepted event was delivered, or is a dead letter of the webhook that gives up soon.
 *
 * <p>The seed gives the troubles, their order and how long they last; what happens between processes differs. What needs a program
 * that is not there ({@code prlimit}, {@code faketime}) is left out, with a word.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>Sentinels in the storm: they announce servers past the relays. A relay that leads elsewhere is a failover as by a Service;
 *       that by Sentinels and by a cluster have stories of their own.
 *   <li>A setting for name servers: {@code OwnNames} is loaded by Vert.x in the pods of the test alone.
 *   <li>A pod with its own embedded Redis whose disk is full: it is the same server with the same settings, and its parent, a JVM, leaves
 *       it no way to outlive the limit that stands for the disk ({@code SIGXFSZ}).
 *   <li>The short form in every build: {@code ChaosTest}, {@code DeathChaosTest} and {@code RedisChaosTest} try the troubles that find
 *       most, each under more load.
 *   <li>Repeats as a failure: at least once is what is promised when something dies. They are counted with their cause.
 * </ul>
 */
package dev.sluice.chaos;
