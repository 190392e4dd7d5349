package dev.keyless.client;

import dev.keyless.protocol.ErrorCode;

/** What a {@link TestPeer} does wrong, or differently. */
sealed interface Fault {

    /** Nothing: every request is answered as it comes. */
    record None() implements Fault {}

    /** Answers pings, but no request until {@link TestPeer#release()}, which may be too late. */
    record Hold() implements Fault {}

    /** Answers nothing at all on connections that are already there, as a frozen machine does; still reads. */
    record Silence() implements Fault {}

    /** Reads no more on connections that are already there. */
    record Deaf() implements Fault {}

    /** Collects this many requests and answers the last one first. */
    record Reverse(int count) implements Fault {}

    /** Answers this many requests on a connection, then cuts it off with the next one unanswered. */
    record CutAfter(int count) implements Fault {}

    /** Answers with bytes that are no packet. */
    record Garbage() implements Fault {}

    /** Answers with a packet that is no reply. */
    record NoReply() implements Fault {}

    /** Answers with success, but without a result. */
    record EmptyResult() implements Fault {}

    /** Answers in pieces of so many bytes. */
    record Pieces(int length) implements Fault {}

    record Refuse(ErrorCode error) implements Fault {}

    /** Answers pings with an error too, as a server that allows this client nothing. */
    record RefuseAll(ErrorCode error) implements Fault {}
}
