package levee.flowexport;

/**
 * Finds the fraction of a second that the time of export in NetFlow v9 headers lacks: the uptime has milliseconds, and
 * the difference of the two is the same for all datagrams, so each one narrows it down. Without this the rows of one
 * exporter would jump to and fro by up to a second.
 */
final class UptimeClock {
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;
    private static final long LARGEST_FRACTION_MILLIS = 999;

    private boolean started;
    private long bootMillis;

    /**
     * @param exportNanos of a header, in whole seconds, as nanoseconds since 1970
     * @param uptimeMillis of the same header
     * @return the time of export as far as it is known
     */
    long exportNanos(long exportNanos, int uptimeMillis) {
        long uptime = Integer.toUnsignedLong(uptimeMillis);
        long earliest = exportNanos / NANOS_PER_MILLISECOND - uptime;
        bootMillis = started ? Math.clamp(bootMillis, earliest, earliest + LARGEST_FRACTION_MILLIS) : earliest;
        started = true;
        return (bootMillis + uptime) * NANOS_PER_MILLISECOND;
    }
}
