package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.Sample;
import levee.model.Attack.SampledRow;
import levee.model.Attack.VectorShare;
import levee.model.Protocols;

/** Rows of each vector and of the other traffic, as they came. */
final class SampleTables {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    private static final int SERVICES_NAMED = 4;

    private final Attack attack;
    private final VectorKeys keys;

    SampleTables(Attack attack, VectorKeys keys) {
        this.attack = attack;
        this.keys = keys;
    }

    Element toElement() {
        Element tables = element("div");
        boolean isEmpty = true;
        for (VectorShare share : attack.vectors()) {
            if (!share.sample().rows().isEmpty() && keys.isOwn(share.vector())) {
                tables.add(table(VectorName.of(share.vector()), share.sample()));
                isEmpty = false;
            }
        }
        if (!attack.otherSample().rows().isEmpty()) {
            tables.add(table("Other traffic of the target", attack.otherSample()));
            isEmpty = false;
        }
        return isEmpty ? element("p", "No rows were kept.") : tables;
    }

    private static Element table(String name, Sample sample) {
        List<SampledRow> rows = SampleExcerpt.of(sample);
        DataTable table = DataTable.scrolling(
                "%s: %s of %s kept"
                        .formatted(
                                name,
                                Amounts.count(rows.size()),
                                Amounts.count(sample.rows().size(), "row")),
                words("Time (UTC)"),
                words("From"),
                words("To"),
                words("Protocol"),
                number("TTL"),
                number("Packets"),
                number("Bytes"));
        for (SampledRow row : rows) {
            table.row(List.of(
                    UtcTime.exact(row.time()).replace('T', ' ').replace("Z", ""),
                    endpoint(row.source().toString(), row.sourcePort(), hasPorts(row)),
                    endpoint(row.destination().toString(), row.destinationPort(), hasPorts(row)),
                    protocol(row),
                    row.timeToLive() == 0 ? "–" : String.valueOf(row.timeToLive()),
                    Amounts.count(row.packets()),
                    Amounts.count(row.bytes())));
        }
        return element("details").add(element("summary", name), table.toElement());
    }

    /** The most common services of a sample with their shares of its rows; the lower port is taken for the service's. */
    static String services(Sample sample) {
        Map<String, Long> rows = sample.rows().stream()
                .collect(Collectors.groupingBy(SampleTables::service, TreeMap::new, Collectors.counting()));
        return rows.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SERVICES_NAMED)
                .map(service -> service.getKey() + " ("
                        + Amounts.percent(
                                (double) service.getValue() / sample.rows().size()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String service(SampledRow row) {
        String name = Protocols.name(row.protocol());
        return hasPorts(row) ? name + "/" + Math.min(row.sourcePort(), row.destinationPort()) : name;
    }

    private static boolean hasPorts(SampledRow row) {
        return row.protocol() == Protocols.TCP || row.protocol() == Protocols.UDP;
    }

    /** RFC 5952 section 6 for the port of an IPv6 address. */
    private static String endpoint(String address, int port, boolean hasPorts) {
        if (!hasPorts) {
            return address;
        }
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    private static String protocol(SampledRow row) {
        String name = Protocols.name(row.protocol());
        return switch (row.protocol()) {
            case Protocols.TCP -> (name + " " + flags(row.tcpFlags())).strip();
            case Protocols.ICMP, Protocols.ICMPV6 ->
                "%s type %d code %d".formatted(name, row.destinationPort() >> 8, row.destinationPort() & 0xff);
            default -> name;
        };
    }

    private static String flags(int flags) {
        List<String> set = new ArrayList<>();
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if ((flags >> bit & 1) == 1) {
                set.add(FLAGS[bit]);
            }
        }
        return String.join(" ", set);
    }
}
