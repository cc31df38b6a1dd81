package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import levee.botnet.ServiceTraffic.Measure;
import levee.model.Amounts;
import levee.model.Evidence;
import levee.model.IpAddress;

/** Says why a service is thought to be exposed. */
final class ExposureEvidence {
    private ExposureEvidence() {}

    /** @param clients how many addresses outside were answered */
    static List<Evidence> of(ReflectableService service, Measure measure, long clients) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "It answers strangers: %s outside got answers from udp port %d"
                        .formatted(Amounts.count(clients, "address", "addresses"), service.port()),
                clients,
                ExposedServices.CLIENTS,
                "distinct addresses outside that were answered"));
        double threshold = service.isPublic() ? ExposedServices.ABUSE_AMPLIFICATION : ExposedServices.AMPLIFICATION;
        if (measure.wasAsked()) {
            evidence.add(new Evidence(
                    "It answers with %s times the bytes that it is asked".formatted(times(measure.amplification())),
                    measure.amplification(),
                    threshold,
                    service.isSession()
                            ? "bytes of first answers divided by those of first requests, from the IP header on"
                            : "bytes of answers divided by those of requests, from the IP header on"));
        } else {
            evidence.add(new Evidence(
                    "Its answers have %.0f bytes, at least %s times those of a usual request; requests were not seen"
                            .formatted(measure.meanBytes(), times(measure.amplification())),
                    measure.amplification(),
                    threshold,
                    "mean bytes of an answer divided by %d, from the IP header on".formatted(service.requestBytes())));
        }
        if (measure.control() > 0) {
            evidence.add(new Evidence(
                    "Of its answers %s NTP control or private ones, such as monlist (CVE-2013-5211)"
                            .formatted(Amounts.count(measure.control(), "is", "are")),
                    measure.control(),
                    1,
                    "packets of NTP mode 6 or 7 with the response bit"));
        }
        return evidence;
    }

    /** @param measure of what the client was sent */
    static Evidence abuse(IpAddress client, Measure measure) {
        return new Evidence(
                "It looks abused: %s was sent %s with %s bytes within 10 minutes, %s times what was asked in its name"
                        .formatted(
                                client,
                                Amounts.count(measure.answers().packets(), "packet"),
                                Amounts.count(measure.answers().bytes()),
                                times(measure.amplification())),
                measure.answers().packets(),
                ExposedServices.ABUSE_ANSWERS,
                "packets to one address within 10 minutes, as CESNET's NEMEA counts amplification");
    }

    private static String times(double factor) {
        return factor >= 10 ? Amounts.count(Math.round(factor)) : String.format(Locale.ROOT, "%.1f", factor);
    }
}
