package levee.pages;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.flowexport.SamplingSource;
import levee.model.Amounts;
import levee.pages.SensorHealth.Verdict;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Units;
import levee.report.UtcTime;
import levee.report.Wording;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;

/** Who sends flow records, and whether what they say can be believed. */
final class ExportersPage {
    private static final int SHOWN = 200;
    private static final int INTERFACES_SHOWN = 200;
    private static final int REFRESH_SECONDS = 5;

    private final Running running;
    private final Frame frame;
    private final ExporterRates rates;

    ExportersPage(Running running, Frame frame, ExporterRates rates) {
        this.running = running;
        this.frame = frame;
        this.rates = rates;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.EXPORTERS, this::show));
    }

    private void show(Request request) throws IOException {
        List<ExporterStatistics> exporters = running.system().exporters().stream()
                .sorted(Comparator.comparing(ExporterStatistics::known)
                        .reversed()
                        .thenComparing(ExporterStatistics::address))
                .toList();
        Instant now = running.clock().instant();
        rates.look(exporters, now);
        Element section = element("section")
                .attribute("aria-labelledby", "exporters-heading")
                .add(element("h1", "Exporters").attribute("id", "exporters-heading"))
                .add(element(
                                "p",
                                "Routers and probes that send flow records or samples. Amounts count since the start;"
                                        + " what is not known is marked with a dash.")
                        .withClass("lead"));
        if (exporters.isEmpty()) {
            section.add(element("p", "Nobody has sent anything yet. ")
                    .add(element("a", "Where Levee listens").attribute("href", Paths.SETTINGS + "#flows"))
                    .text("."));
        } else {
            section.add(table(exporters, now), trust(exporters));
            if (exporters.size() > SHOWN) {
                section.add(element("p", Amounts.count(exporters.size() - SHOWN) + " more are in the JSON."));
            }
        }
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        new PageContent(
                                "Exporters",
                                Paths.EXPORTERS,
                                "/api/v1/exporters",
                                new PageContent.Liveness.Refreshed(REFRESH_SECONDS),
                                List.of(section))));
    }

    private Element table(List<ExporterStatistics> exporters, Instant now) {
        DataTable table = DataTable.stacking(
                "Those that the settings know first",
                words("Exporter"),
                words("State"),
                words("Format"),
                number("Records a second"),
                number("Records"),
                words("Sampling"),
                number("Lost"),
                words("Not usable"),
                number("Clock"),
                number("Templates"));
        exporters.stream()
                .limit(SHOWN)
                .forEach(exporter -> table.row(
                        element("span")
                                .withClass("name")
                                .text(exporter.address().toString())
                                .add(element("small", exporter.known() ? "in the settings" : "not in the settings")),
                        state(exporter, now),
                        Content.text(exporter.format().label()),
                        Content.text(rate(exporter, now)),
                        Words.twoLines(
                                Amounts.count(exporter.flows()), Amounts.count(exporter.datagrams(), "datagram")),
                        sampling(exporter),
                        lost(exporter),
                        Content.text(rejected(exporter)),
                        Content.text(clock(exporter)),
                        Words.twoLines(
                                Amounts.count(exporter.templates()),
                                exporter.waitingBytes() == 0
                                        ? ""
                                        : Units.bytes(exporter.waitingBytes()) + " wait for one")));
        return table.toElement();
    }

    private static Element state(ExporterStatistics exporter, Instant now) {
        if (exporter.lastSeenNanos() == 0) {
            return element("span", "nothing since the start");
        }
        Instant last = Instant.ofEpochSecond(0, exporter.lastSeenNanos());
        boolean isSilent = SensorHealth.isSilent(exporter, now);
        Duration ago = Duration.between(last, now).truncatedTo(ChronoUnit.SECONDS);
        return element("span")
                .withClass(isSilent ? "warning" : "good")
                .add(SensorHealth.verdict(isSilent ? Verdict.WARNING : Verdict.GOOD))
                .text(isSilent ? "silent for " + Units.duration(ago) : "sends");
    }

    private String rate(ExporterStatistics exporter, Instant now) {
        OptionalDouble rate = rates.of(exporter, now);
        return rate.isPresent() ? Units.number(Math.round(rate.getAsDouble())) : "–";
    }

    private static Element sampling(ExporterStatistics exporter) {
        String rate = exporter.samplingRate() == 1 ? "every packet" : "1 in " + Amounts.count(exporter.samplingRate());
        return Words.twoLines(rate, source(exporter.samplingSource()));
    }

    private static String source(SamplingSource source) {
        return switch (source) {
            case MANUAL -> "as the settings say";
            case RECORD -> "as each record says";
            case OPTIONS -> "as its options say";
            case HEADER -> "as its datagrams say";
            case ASSUMED -> "nobody says; assumed";
        };
    }

    /** On the way to Levee, and what an agent could not even sample. */
    private static Element lost(ExporterStatistics exporter) {
        long kept = exporter.lostDatagrams() ? exporter.datagrams() : exporter.flows();
        double share = exporter.lost() == 0 ? 0 : (double) exporter.lost() / Math.max(1, kept + exporter.lost());
        List<String> notes = new ArrayList<>();
        if (exporter.lost() > 0) {
            notes.add(Amounts.percent(share, 2) + " of its " + (exporter.lostDatagrams() ? "datagrams" : "records"));
        }
        if (exporter.drops() > 0) {
            notes.add(Amounts.count(exporter.drops(), "packet") + " dropped by the agent");
        }
        return element("span")
                .withClass(SensorHealth.verdict(share).name().toLowerCase(Locale.ROOT))
                .add(Words.twoLines(Amounts.count(exporter.lost()), String.join("; ", notes)));
    }

    private static String rejected(ExporterStatistics exporter) {
        List<String> reasons = Wording.rejected(exporter.rejected().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
        return reasons.isEmpty() ? "nothing" : String.join(", ", reasons);
    }

    private static String clock(ExporterStatistics exporter) {
        double offset = exporter.clockOffsetSeconds();
        if (!Double.isFinite(offset)) {
            return "–";
        }
        // NetFlow and IPFIX tell the time to the second only.
        double seconds = Math.round(offset * 10) / 10.0;
        return Math.abs(seconds) <= 1
                ? "right"
                : Units.number(Math.abs(seconds)) + " s " + (seconds > 0 ? "behind" : "ahead");
    }

    private Element trust(List<ExporterStatistics> exporters) {
        Element section = element("section").add(element("h2", "Interfaces"));
        boolean isAny = false;
        for (ExporterStatistics exporter : exporters.subList(0, Math.min(SHOWN, exporters.size()))) {
            List<InterfaceCounters> counters = running.system().interfaces(exporter.index());
            if (!counters.isEmpty()) {
                isAny = true;
                section.add(interfaces(exporter, counters));
            }
        }
        return isAny
                ? section.add(element("p", "What a router counted itself is the truth to hold sampled amounts against.")
                        .withClass("quiet"))
                : section.add(element(
                        "p",
                        "None of these exporters tells what it counted itself at its interfaces; sFlow agents can."));
    }

    private static Element interfaces(ExporterStatistics exporter, List<InterfaceCounters> counters) {
        DataTable table = DataTable.scrolling(
                "Interfaces of " + exporter.address(),
                number("Interface"),
                number("Speed"),
                number("Octets in"),
                number("Octets out"),
                unbroken("Counted at (UTC)"));
        counters.stream()
                .sorted(Comparator.comparing(InterfaceCounters::index, Integer::compareUnsigned))
                .limit(INTERFACES_SHOWN)
                .forEach(one -> table.row(List.of(
                        Integer.toUnsignedString(one.index()),
                        one.speedBitsPerSecond() == 0 ? "–" : Units.bitRate(unsigned(one.speedBitsPerSecond())),
                        Long.toUnsignedString(one.inOctets()),
                        Long.toUnsignedString(one.outOctets()),
                        UtcTime.toSecond(Instant.ofEpochSecond(0, one.receivedNanos())))));
        return element("details").add(element("summary", "Interfaces of " + exporter.address()), table.toElement());
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + 0x1p64;
    }
}
