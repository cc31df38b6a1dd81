package levee.telemetry;

import java.util.Arrays;

/**
 * Directed rows of traffic, packets or flow records, as a structure of arrays. A source fills the columns of rows
 * {@code 0 .. size-1}; stages read them and write only {@link #relation}. Batches are allocated once and used again, so
 * nothing here allocates.
 *
 * <p>Columns are public: this is the one place where the speed of plain array access in every stage is worth more than
 * encapsulation. A batch belongs to one stage at a time.
 */
public final class FlowBatch {

    /** What the rows are. */
    public enum Rows {
        /**
         * One row a packet; all columns are meaningful. {@link FlowBatch#lastNanos} is the same array as
         * {@link FlowBatch#firstNanos}, and {@link FlowBatch#packets} and {@link FlowBatch#samplingRate} are one in every
         * row: that a source need not write them saves memory traffic between threads.
         */
        PACKETS,
        /**
         * One row a packet that was seen, which stands for {@link FlowBatch#samplingRate} packets. All columns are
         * meaningful; {@link FlowBatch#lastNanos} is the same array as {@link FlowBatch#firstNanos}.
         */
        SAMPLES,
        /** Flow records that say nothing about the other direction. */
        FLOWS,
        /** Both directions of connection records, with {@link #relation} filled in by the source. */
        CONNECTIONS;

        /** Whether a row is one packet, with all that its headers say. */
        public boolean arePackets() {
            return this == PACKETS || this == SAMPLES;
        }
    }

    public final int capacity;

    /** Rows in use. */
    public int size;

    public Rows rows = Rows.PACKETS;

    /** The clock jumped before the first row (a merged capture): everything that is open ends there. */
    public boolean restart;

    /**
     * What applications said, meanwhile; a batch may hold only these. Of rows that are not packets or logs there is nothing.
     */
    public final EventBatch events;

    /** Time of the first packet, in nanoseconds since 1970-01-01T00:00Z. */
    public final long[] firstNanos;

    /** Time of the last packet, in nanoseconds since 1970-01-01T00:00Z; the same array as the first for single packets. */
    public long[] lastNanos;

    private final long[] lastNanosOfFlows;

    /** Addresses as two longs each, IPv4 mapped, as in {@link levee.model.IpAddress}. */
    public final long[] sourceHigh;

    public final long[] sourceLow;
    public final long[] destinationHigh;
    public final long[] destinationLow;

    /**
     * Ports of TCP, UDP and SCTP; 0 where there are none. For ICMP and ICMPv6 the destination port is
     * {@code type * 256 + code}, as in NetFlow, and the source port is the destination port of the packet that an ICMP
     * error quotes. A fragment carries the ports of its first fragment where that was seen.
     */
    public final char[] sourcePort;

    public final char[] destinationPort;

    /** IP protocol number; for IPv6 that of the upper layer. */
    public final byte[] protocol;

    /** TCP flags of the packet, or the union over the flow. */
    public final byte[] tcpFlags;

    /** Packets, after multiplication by the sampling rate. */
    public final long[] packets;

    /** Bytes from the IP header on, after multiplication by the sampling rate. */
    public final long[] bytes;

    /** One in how many packets was seen. */
    public final int[] samplingRate;

    /** Index of the exporter from 1 on, and SNMP index of its input interface; 0 for captures and logs. */
    public final int[] exporter;

    public final int[] ingressInterface;

    /**
     * TTL or hop limit, IP identification, TCP sequence number and window. Flow records may have the first two; 0 where
     * the source does not say.
     */
    public final byte[] timeToLive;

    public final char[] ipIdentification;
    public final int[] tcpSequence;
    public final char[] tcpWindow;

    /** See {@link Fragment}. */
    public final byte[] fragment;

    /** See {@link PayloadHint}. */
    public final byte[] payloadHint;

    /** What is known of the connection that the row belongs to; see {@link Relation}. */
    public final byte[] relation;

    /** Hashes of the addresses, filled in by {@link ConnectionTable#hash}: every later stage needs them. */
    public final long[] sourceHash;

    public final long[] destinationHash;

    /** Hash of both ends and the protocol; both directions have the same, but for the lowest bit. */
    public final long[] connectionHash;

    public FlowBatch(int capacity) {
        this.capacity = capacity;
        events = new EventBatch(capacity);
        firstNanos = new long[capacity];
        lastNanosOfFlows = new long[capacity];
        sourceHigh = new long[capacity];
        sourceLow = new long[capacity];
        destinationHigh = new long[capacity];
        destinationLow = new long[capacity];
        sourcePort = new char[capacity];
        destinationPort = new char[capacity];
        protocol = new byte[capacity];
        tcpFlags = new byte[capacity];
        packets = new long[capacity];
        bytes = new long[capacity];
        samplingRate = new int[capacity];
        exporter = new int[capacity];
        ingressInterface = new int[capacity];
        timeToLive = new byte[capacity];
        ipIdentification = new char[capacity];
        tcpSequence = new int[capacity];
        tcpWindow = new char[capacity];
        fragment = new byte[capacity];
        payloadHint = new byte[capacity];
        relation = new byte[capacity];
        sourceHash = new long[capacity];
        destinationHash = new long[capacity];
        connectionHash = new long[capacity];
        lastNanos = firstNanos;
        Arrays.fill(packets, 1);
        Arrays.fill(samplingRate, 1);
    }

    public boolean isFull() {
        return size == capacity;
    }

    public int remaining() {
        return capacity - size;
    }

    /** Makes the batch ready for other rows. */
    public void clear(Rows kind) {
        if (kind == Rows.PACKETS && rows != Rows.PACKETS) {
            Arrays.fill(packets, 1);
            Arrays.fill(samplingRate, 1);
        }
        lastNanos = kind.arePackets() ? firstNanos : lastNanosOfFlows;
        rows = kind;
        size = 0;
        restart = false;
        events.clear();
    }

    /** Sets every column of {@code row} to zero but packets and sampling rate, which become one. */
    public void reset(int row) {
        firstNanos[row] = 0;
        lastNanos[row] = 0;
        sourceHigh[row] = 0;
        sourceLow[row] = 0;
        destinationHigh[row] = 0;
        destinationLow[row] = 0;
        sourcePort[row] = 0;
        destinationPort[row] = 0;
        protocol[row] = 0;
        tcpFlags[row] = 0;
        packets[row] = 1;
        bytes[row] = 0;
        samplingRate[row] = 1;
        exporter[row] = 0;
        ingressInterface[row] = 0;
        timeToLive[row] = 0;
        ipIdentification[row] = 0;
        tcpSequence[row] = 0;
        tcpWindow[row] = 0;
        fragment[row] = 0;
        payloadHint[row] = 0;
        relation[row] = 0;
    }

    /** Copies what a source fills in from one row to another of this batch. */
    public void copyRow(int from, int to) {
        firstNanos[to] = firstNanos[from];
        lastNanos[to] = lastNanos[from];
        sourceHigh[to] = sourceHigh[from];
        sourceLow[to] = sourceLow[from];
        destinationHigh[to] = destinationHigh[from];
        destinationLow[to] = destinationLow[from];
        sourcePort[to] = sourcePort[from];
        destinationPort[to] = destinationPort[from];
        protocol[to] = protocol[from];
        tcpFlags[to] = tcpFlags[from];
        packets[to] = packets[from];
        bytes[to] = bytes[from];
        samplingRate[to] = samplingRate[from];
        exporter[to] = exporter[from];
        ingressInterface[to] = ingressInterface[from];
        timeToLive[to] = timeToLive[from];
        ipIdentification[to] = ipIdentification[from];
        tcpSequence[to] = tcpSequence[from];
        tcpWindow[to] = tcpWindow[from];
        fragment[to] = fragment[from];
        payloadHint[to] = payloadHint[from];
        relation[to] = relation[from];
    }
}
