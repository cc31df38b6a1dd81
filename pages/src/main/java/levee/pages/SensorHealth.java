package levee.pages;

import static levee.report.Element.element;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import levee.flowexport.ExporterStatistics;
import levee.model.Amounts;
import levee.report.Element;
import levee.report.Units;
import levee.server.LiveStatistics;
import levee.server.LiveSystem;

/** Whether Levee sees what it should: without that, silence would say nothing. */
final class SensorHealth {
    /** Routers send what they hold back after a minute at the latest, unless told otherwise. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(90);

    /** Beyond it, attacks appear late or at a wrong time. */
    static final double WRONG_CLOCK_SECONDS = 5;

    private static final double NOTABLE_SHARE = 0.001;
    private static final double SEVERE_SHARE = 0.05;
    private static final int REASONS_NAMED = 3;

    private final LiveSystem system;
    private final Instant now;

    /** How something is. */
    enum Verdict {
        GOOD,
        WARNING,
        BAD
    }

    /**
     * One thing to watch.
     *
     * @param source where the number comes from
     */
    private record Sign(String name, String value, String note, Verdict verdict, String source) {}

    SensorHealth(LiveSystem system, Instant now) {
        this.system = system;
        this.now = now;
    }

    Element toElement() {
        List<Sign> signs = signs();
        long notGood =
                signs.stream().filter(sign -> sign.verdict() != Verdict.GOOD).count();
        Element list = element("dl").withClass("signs");
        signs.forEach(sign -> list.add(toElement(sign)));
        return element("section")
                .attribute("id", "health")
                .attribute("aria-labelledby", "health-heading")
                .add(
                        element("h2", "What Levee sees").attribute("id", "health-heading"),
                        element(
                                "p",
                                notGood == 0
                                        ? "Everything that was sent is looked at."
                                        : "Attacks may be missed or look smaller: see what is marked."),
                        list);
    }

    private static Element toElement(Sign sign) {
        return element("div")
                .withClass(sign.verdict().name().toLowerCase(Locale.ROOT))
                .add(
                        element("dt", sign.name()),
                        element("dd")
                                .withClass("value")
                                .add(verdict(sign.verdict()))
                                .add(element("a", sign.value()).attribute("href", sign.source())),
                        element("dd", sign.note()));
    }

    /** Told apart by shape and by word, too, not by colour alone. */
    static Element verdict(Verdict verdict) {
        String word = switch (verdict) {
            case GOOD -> "good";
            case WARNING -> "look here";
            case BAD -> "bad";
        };
        Element shape = switch (verdict) {
            case GOOD -> element("circle").attribute("cx", 5).attribute("cy", 5).attribute("r", 4);
            case WARNING -> element("path").attribute("d", "M5 0L10 10H0Z");
            case BAD -> element("rect").attribute("width", 10).attribute("height", 10);
        };
        return element("svg")
                .withClass("verdict")
                .attribute("viewBox", "0 0 10 10")
                .attribute("role", "img")
                .attribute("aria-label", word)
                .add(shape);
    }

    private List<Sign> signs() {
        LiveStatistics live = system.statistics();
        List<ExporterStatistics> exporters = system.exporters();
        List<Sign> signs = new ArrayList<>();
        system.obstacles()
                .forEach(obstacle ->
                        signs.add(new Sign("Receiving", "stopped", obstacle + ".", Verdict.BAD, "/health/ready")));
        signs.add(sending(exporters));
        signs.add(new Sign(
                "Traffic",
                Units.bitRate(live.bitsPerSecond()),
                Units.packetRate(live.packetsPerSecond()) + " in "
                        + Amounts.count(Math.round(live.flowsPerSecond()), "record") + " a second",
                live.flowsPerSecond() == 0 && !exporters.isEmpty() ? Verdict.WARNING : Verdict.GOOD,
                "/api/v1/stats"));
        signs.add(share(
                "Lost before Levee",
                exporters.stream().mapToLong(ExporterStatistics::lost).sum(),
                exporters.stream()
                        .mapToLong(exporter -> exporter.lostDatagrams() ? exporter.datagrams() : exporter.flows())
                        .sum(),
                "of what routers sent, by their sequence numbers",
                Paths.EXPORTERS));
        signs.add(share(
                "Lost here",
                live.kernelDrops(),
                live.datagrams(),
                "of the datagrams; the kernel's buffer was full",
                "/api/v1/stats"));
        signs.add(share(
                "Sampled here",
                live.shed(),
                live.flows(),
                "of the records, since detection fell behind; the others stand for them",
                "/api/v1/stats"));
        signs.add(rejected(live));
        signs.add(clocks(exporters));
        signs.add(memory(live));
        return signs;
    }

    /** Whether nothing comes in that would tell of attacks. */
    static boolean isBlind(LiveSystem system, Instant now) {
        return system.statistics().packetsPerSecond() == 0
                && system.exporters().stream().allMatch(exporter -> isSilent(exporter, now));
    }

    private Sign sending(List<ExporterStatistics> exporters) {
        List<String> silent = exporters.stream()
                .filter(exporter -> isSilent(exporter, now))
                .map(exporter -> exporter.address().toString())
                .sorted()
                .toList();
        int sending = exporters.size() - silent.size();
        if (exporters.isEmpty() && !isBlind(system, now)) {
            return new Sign("Routers", "none", "Packets come from captures.", Verdict.GOOD, Paths.SETTINGS);
        }
        if (exporters.isEmpty()) {
            return new Sign(
                    "Routers",
                    "none yet",
                    "Nobody has sent flow records: point an exporter here, or look at the settings.",
                    Verdict.WARNING,
                    Paths.EXPORTERS);
        }
        return new Sign(
                "Routers",
                Amounts.count(sending) + " of " + Amounts.count(exporters.size()),
                silent.isEmpty()
                        ? "send flow records"
                        : "send; silent: "
                                + String.join(", ", silent.subList(0, Math.min(REASONS_NAMED, silent.size())))
                                + (silent.size() > REASONS_NAMED ? " and more" : ""),
                silent.isEmpty() ? Verdict.GOOD : sending == 0 ? Verdict.BAD : Verdict.WARNING,
                Paths.EXPORTERS);
    }

    static boolean isSilent(ExporterStatistics exporter, Instant now) {
        Instant last = Instant.ofEpochSecond(0, exporter.lastSeenNanos());
        return Duration.between(last, now).compareTo(SILENT_AFTER) > 0;
    }

    private static Sign share(String name, long lost, long kept, String note, String source) {
        double share = lost == 0 ? 0 : (double) lost / Math.max(1, lost + kept);
        return new Sign(
                name,
                lost == 0 ? "nothing" : Amounts.percent(share, 1),
                (lost == 0 ? "" : Amounts.count(lost) + " ") + note,
                verdict(share),
                source);
    }

    static Verdict verdict(double lostShare) {
        if (lostShare >= SEVERE_SHARE) {
            return Verdict.BAD;
        }
        return lostShare >= NOTABLE_SHARE ? Verdict.WARNING : Verdict.GOOD;
    }

    private static Sign rejected(LiveStatistics live) {
        long all = live.rejected().values().stream().mapToLong(Long::longValue).sum();
        List<String> reasons = live.rejected().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(REASONS_NAMED)
                .map(reason -> reason.getKey().replace('_', ' '))
                .toList();
        double share = all == 0 ? 0 : (double) all / Math.max(1, all + live.flows());
        return new Sign(
                "Not usable",
                all == 0 ? "nothing" : Amounts.count(all),
                reasons.isEmpty() ? "of what came" : String.join(", ", reasons),
                verdict(share),
                Paths.EXPORTERS);
    }

    private static Sign clocks(List<ExporterStatistics> exporters) {
        Optional<ExporterStatistics> worst = exporters.stream()
                .filter(exporter -> Double.isFinite(exporter.clockOffsetSeconds()))
                .max(Comparator.comparingDouble(exporter -> Math.abs(exporter.clockOffsetSeconds())));
        double offset =
                worst.map(exporter -> Math.abs(exporter.clockOffsetSeconds())).orElse(0.0);
        return new Sign(
                "Clocks",
                offset <= 1 ? "right" : Units.number(Math.round(offset)) + " s off",
                worst.filter(exporter -> offset > 1)
                        .map(exporter -> "at " + exporter.address() + "; times are set right by it")
                        .orElse("of routers, within a second"),
                offset >= WRONG_CLOCK_SECONDS ? Verdict.WARNING : Verdict.GOOD,
                Paths.EXPORTERS);
    }

    private static Sign memory(LiveStatistics live) {
        return new Sign(
                "Forgotten",
                live.evicted() == 0 ? "nothing" : Amounts.count(live.evicted()),
                "entries that were dropped from full tables",
                live.evicted() == 0 ? Verdict.GOOD : Verdict.WARNING,
                "/api/v1/stats");
    }
}
