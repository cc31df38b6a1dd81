package levee.flowexport;

/** What is counted or kept for an exporter, for others to read. */
enum ExporterCounter {
    DATAGRAMS,
    /** Records or samples that became rows. */
    FLOWS,
    OPTIONS_RECORDS,
    COUNTER_SAMPLES,
    TEMPLATES,
    TEMPLATES_EVICTED,
    /** Times that were outside of what is possible. */
    CLAMPED_TIMES,
    LOST,
    DUPLICATES,
    RESETS,
    WAITING_BYTES,
    SAMPLING_RATE,
    /** An ordinal of {@link SamplingSource}. */
    SAMPLING_SOURCE,
    CLOCK_OFFSET_NANOS,
    /** Packets that an sFlow agent could not sample, as it says. */
    DROPS,
    LAST_SEEN_NANOS
}
