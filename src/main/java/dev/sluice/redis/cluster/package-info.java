/**
 * How one link speaks to a Redis Cluster. Nobody outside knows that there is one.
 *
 * <pre>
 *  ClusterLines   splits what is given together (Spread) into parts of one slot each (Part)
 *   └ Router      brings each part to the master of its slot; Redirect says what that answers if it is none
 *      └ Detour   the parts of a slot that is on its way, in their order
 *   └ Cluster     who has which slot (SlotMap, from Surveyor), and a connection to each master (Masters)
 *  Slots          the slot of a key, and of a command
 *  Replicas       whether replicas have what was written
 * </pre>
 *
 * <h2>What a slot on its way means</h2>
 *
 * <ul>
 *   <li>MOVED: the server names the new master. It is believed for this slot, the map is learnt anew, and the parts of the
 *       slot go there in their order: what was under way on the old connection is waited for, the first part goes ahead, the
 *       others follow when it got through. Other slots notice nothing.
 *   <li>ASK: the key has left, or is to be made there. The part goes to the other master with ASKING.
 *   <li>TRYAGAIN: a script names keys on both sides. It waits until the slot has arrived, at most as long as a server may owe
 *       an answer. Every script is refused until then: each names a key that never exists ({@link dev.sluice.redis.ScriptCall}).
 *       While half of the keys of a slot are on one side, a script that was let in could fail at a key that it finds by itself,
 *       with half of its work done.
 *   <li>CLUSTERDOWN, LOADING, a master that is away: what belongs there fails at once, as with one Redis that is away.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * A batch is split by slot, so that one part that fails does not take the answers of the others with it: the client answers a
 * failed batch as a whole. A slot that leaves and is back while commands are still under way to its master may take the later
 * of them first. Where a slot leaves in the middle of a part, some of its commands are done and the others
 * refused; the part fails then, and the message says so. Scripts that may run twice go by server instead, in one write each.
 *
 * <h2>Why not</h2>
 *
 * <ul>
 *   <li>The client's own cluster: it takes a connection from a pool for each command, keeps no order across a redirect, and
 *       its batches must be of one slot.
 *   <li>Connections when they are first needed: the first commands of a slot would wait for a handshake. They are made when
 *       a master is learnt.
 *   <li>Reading from replicas: nothing that is read here may be old.
 * </ul>
 */
@NullMarked
package dev.sluice.redis.cluster;

import org.jspecify.annotations.NullMarked;
