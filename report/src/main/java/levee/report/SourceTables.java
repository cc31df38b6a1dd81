package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.util.ArrayList;
import java.util.List;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.Ingress;
import levee.model.Attack.Origin;
import levee.model.Attack.Sources;
import levee.model.Attack.Spoofing;
import levee.model.Attack.Talker;
import levee.model.Attack.VectorShare;

/** Where an attack came from: how many, whether they are forged, which networks, and through which routers. */
final class SourceTables {
    private final Attack attack;
    private final Sources sources;
    private final List<Ingress> ingress;
    private final long attackPackets;

    SourceTables(Attack attack) {
        this.attack = attack;
        this.sources = attack.sources();
        this.ingress = attack.ingress();
        this.attackPackets = attack.total().packets();
    }

    List<Element> toElements() {
        List<Element> part = new ArrayList<>();
        if (Wording.isForgedAlike(attack)) {
            spoofing(distinct() + "; ", sources.spoofing(), part);
        } else {
            part.add(element("p", distinct() + ". What is thought of them differs by vector."));
            for (VectorShare share : attack.vectors()) {
                spoofing(VectorName.of(share.vector()) + ": ", share.spoofing(), part);
            }
        }
        if (!sources.top().isEmpty()) {
            part.add(topNetworks());
        }
        if (!sources.origins().isEmpty()) {
            part.add(origins());
        }
        if (!ingress.isEmpty()) {
            part.add(ingressTable());
        }
        return part;
    }

    private String distinct() {
        return Amounts.count(sources.distinct().value(), "distinct address", "distinct addresses")
                + (sources.distinct().exact() ? "" : " by estimate");
    }

    private static void spoofing(String of, Spoofing spoofing, List<Element> part) {
        List<String> reasons = spoofing.reasons().stream().map(Prose::sentence).toList();
        part.add(element("p", of + Wording.verdict(spoofing.verdict()) + (reasons.isEmpty() ? "." : ":")));
        if (!reasons.isEmpty()) {
            part.add(Prose.list(reasons));
        }
    }

    private Element topNetworks() {
        List<Talker> top = sources.top();
        long most = Math.max(1, top.stream().mapToLong(Talker::packets).max().orElse(1));
        DataTable table = DataTable.compact(
                "The most active networks, together "
                        + ofPackets(top.stream().mapToDouble(Talker::packets).sum())
                        + " of the packets. Bars compare them with the most active one.",
                words("Network"),
                number("Packets"),
                number("Share"),
                number("Bytes"),
                words("Compared"));
        for (Talker talker : top) {
            table.row(
                    Content.text(Wording.shortForm(talker.prefix())),
                    Content.text(Amounts.count(talker.packets())),
                    Content.text(ofPackets(talker.packets())),
                    Content.text(Units.bytes(talker.bytes())),
                    Bar.of((double) talker.packets() / most));
        }
        return table.toElement();
    }

    private String ofPackets(double packets) {
        return attackPackets == 0 ? "–" : Amounts.percent(packets / attackPackets);
    }

    private Element origins() {
        DataTable table = DataTable.compact(
                "The autonomous systems that the sources belong to, by their share of the packets.",
                words("Origin"),
                words("Name"),
                number("Share"));
        for (Origin origin : sources.origins()) {
            table.row(
                    Content.text("AS" + origin.number()),
                    Content.text(origin.name()),
                    Content.text(Amounts.percent(origin.packetShare())));
        }
        return table.toElement();
    }

    private Element ingressTable() {
        DataTable table = DataTable.scrolling(
                "Where the attack entered the network.", words("Router"), number("Interface"), number("Share"));
        for (Ingress entry : ingress) {
            table.row(List.of(
                    entry.exporter(), String.valueOf(entry.networkInterface()), Amounts.percent(entry.share())));
        }
        return table.toElement();
    }
}
