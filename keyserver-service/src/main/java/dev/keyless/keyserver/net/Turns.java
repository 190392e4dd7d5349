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

    Turns(SingleThreadEventLoop loop) {
        this.loop = loop;
    }

    /** Requests that a connection may take in a turn now. */
    int size() {
        return Math.max(1, ROUND / (waiting.size() + 1));
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
        loop.execute(() -> loop.executeAfterEventLoopIteration(this::round));
    }

    private void round() {
        scheduled = false;
        for (int i = waiting.size(); i > 0; i--) waiting.remove().turn();
    }
}
