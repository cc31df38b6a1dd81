package levee.flowexport;

/**
 * A part of an exporter with numbers of its own: a source id (NetFlow v9), an observation domain (IPFIX), an engine
 * (NetFlow v5) or a sub-agent (sFlow).
 */
final class ObservationDomain {
    /** What a domain without templates takes, roughly, in bytes. */
    static final int MEMORY_BYTES = 2_048;

    final ExportFormat format;
    final long id;
    final TemplateTable templates = new TemplateTable();
    final SamplingTable sampling;
    final SequenceTracker sequence = new SequenceTracker();

    final UptimeClock uptime = new UptimeClock();

    /** Where only records tell uptimes: how far the time of export is ahead of the uptime of the last packet. */
    final ClockOffset uptimeOfRecords = new ClockOffset();

    /** The start of the exporter's uptime in nanoseconds since 1970, if options data told it; else 0. */
    volatile long bootNanos;

    /** When it was last heard of. */
    volatile long lastNanos;

    ObservationDomain(ExportFormat format, long id, ExporterLimits limits) {
        this.format = format;
        this.id = id;
        sampling = new SamplingTable(limits.samplersPerDomain());
    }
}
