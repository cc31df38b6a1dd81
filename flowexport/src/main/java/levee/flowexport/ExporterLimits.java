package levee.flowexport;

import java.util.concurrent.TimeUnit;

/**
 * What exporters may take up. Whoever can send a datagram to the collector can claim to be any exporter, so everything
 * that they make the collector keep has a bound.
 *
 * @param unknownExporters exporters that are not configured, at the most
 * @param domainsPerExporter observation domains, source ids, engines or sub-agents of one exporter
 * @param templatesPerExporter templates of one exporter, over all its domains
 * @param fieldsPerTemplate fields of one template
 * @param templateBytes memory of all templates and domains, roughly; a half is for configured exporters alone
 * @param samplersPerDomain samplers and interfaces of a domain whose rates are kept
 * @param waitingBytesPerExporter data of one exporter that wait for their template
 * @param waitingBytes data of all exporters that wait; a half is for configured exporters alone
 * @param waitingNanos how long data wait
 * @param longestFlowNanos how far back a flow may reach; half an hour is the longest active timeout of common routers,
 *     and export takes some time
 * @param idleNanos an unknown exporter or a domain that was silent for so long may make way for another
 */
public record ExporterLimits(
        int unknownExporters,
        int domainsPerExporter,
        int templatesPerExporter,
        int fieldsPerTemplate,
        long templateBytes,
        int samplersPerDomain,
        int waitingBytesPerExporter,
        long waitingBytes,
        long waitingNanos,
        long longestFlowNanos,
        long idleNanos) {

    /** The same, but with this many places for exporters that are not configured. */
    public ExporterLimits withUnknownExporters(int exporters) {
        return new ExporterLimits(
                exporters,
                domainsPerExporter,
                templatesPerExporter,
                fieldsPerTemplate,
                templateBytes,
                samplersPerDomain,
                waitingBytesPerExporter,
                waitingBytes,
                waitingNanos,
                longestFlowNanos,
                idleNanos);
    }

    public static ExporterLimits defaults() {
        return new ExporterLimits(
                1_024,
                64,
                1_024,
                512,
                64L << 20,
                1_024,
                64 << 10,
                8L << 20,
                TimeUnit.SECONDS.toNanos(60),
                TimeUnit.MINUTES.toNanos(35),
                TimeUnit.HOURS.toNanos(1));
    }
}
