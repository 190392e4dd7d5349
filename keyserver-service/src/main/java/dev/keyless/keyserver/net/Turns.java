package dev.keyless.keyserver.net;

import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets the connections of one event loop take turns with what is computed on it. A connection that has brought more
 * requests than its turn allows waits for its next one; all who wait have one turn each between two looks at the network,
 * so whoever asks for little is served within one round, however much the others want.
 */
final class Turns {

    /** Requests a round, of all who wait together: as P-256 signatures about half a millisecond. */
    private static final int ROUND = 32;

    private final SingleThreadEventLoop loop;
    private final Queue<Connection> waiting = new ArrayDeque<>();
    private boolean scheduled;

    /** What may still be taken in this iteration by those who just bring it. */
    private int left = ROUND;

    /** While a round goes on: what each may take in it; else 0. */
    private int share;

    Turns(SingleThreadEventLoop loop) {
        this.loop = loop;
    }

    /** Requests that a connection may take now; 0 if it has to wait for its turn. */
    int size() {
        return share > 0 ? share : left;
    }

    /** To be told how many were taken. */
    void took(int requests) {
        if (share > 0 || requests == 0) return;
        if (left == ROUND) loop.executeAfterEventLoopIteration(() -> left = ROUND);
        left = Math.max(0, left - requests);
    }

    /** Calls {@link Connection#turn} once, in the next round. */
    void await(Connection connection) {
        waiting.add(connection);
        schedule();
    }

    /** At the end of the loop's iteration, and from a round in the next one: the network comes in between. */
    private void schedule() {
        if (scheduled) return;
        scheduled = true;
        loop.execute(() -> loop.executeAfterEventLoopIteration(this::giveTurns));
    }

    private void giveTurns() {
        scheduled = false;
        int number = waiting.size();
        share = Math.max(1, ROUND / number);
        for (int i = 0; i < number; i++) waiting.remove().turn();
        share = 0;
    }
}
