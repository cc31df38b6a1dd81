package levee.flowexport;

/**
 * What an sFlow agent counted at an interface.
 *
 * @param index of SNMP
 * @param speedBitsPerSecond 0 where it does not say
 * @param inOctets since the agent started
 * @param outOctets the same
 * @param receivedNanos when it told so, in nanoseconds since 1970
 */
public record InterfaceCounters(
        int index, long speedBitsPerSecond, long inOctets, long outOctets, long receivedNanos) {}
