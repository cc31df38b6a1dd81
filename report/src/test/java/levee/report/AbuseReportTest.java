package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.model.Finding;
import levee.model.InfectedHost.Level;
import org.junit.jupiter.api.Test;

/** What reports for people say besides attacks. */
class AbuseReportTest {
    private static String text(List<? extends Finding> findings) {
        return Samples.written(
                new TextReport(Style.PLAIN, TextReport.DEFAULT_COLUMNS),
                Samples.of(List.of(Samples.flows()), findings));
    }

    private static String page(List<? extends Finding> findings) {
        return Samples.written(
                        new HtmlReport(Instant.parse("2026-05-12T00:00:00Z")),
                        Samples.of(List.of(Samples.flows()), findings))
                .replace('\u00a0', ' ');
    }

    @Test
    void infectedHostIsToldWithAllThatALookUpNeeds() {
        assertThat(text(List.of(AbuseSamples.notified()))).startsWith("""
            No attack found in 1 input
            Besides attacks: 1 infected host to notify

            INFECTED HOST 10.0.0.23, still going on
              group       homes, of Example Net (noc@example.net)
              when        since 2026-05-11 08:00:00 UTC, 2 h so far
              level       notify since 2026-05-11 08:15:00 UTC, so sure that its owner would be written to
              score       +42.5 decibans
              infected    97 % (95 % interval 90 % to 99 %, measured on 120 hosts)
              does        scanning: it looks for other hosts, 2026-05-11 08:00:00 to 2026-05-11 09:00:00 UTC
                          (+25.0 decibans)
                          it tried 4,096 hosts on tcp/23 (needed: 100)
              does        beaconing: it calls the same server again and again, 2026-05-11 08:10:00 to 2026-05-11
                          10:00:00 UTC (+17.5 decibans)
                          it asks 192.0.2.66 every 60 s (needed: 5)
              against     it also visits 12 well-known services (needed: 5)
              commanded   192.0.2.66:6667/tcp (cc.example), 90 % sure
              who         00:11:22:33:44:55, "ipcam", from 2026-05-11 07:00:00 to 2026-05-11 10:00:00 UTC
              look-up     2026-05-11 08:00:03 UTC: 10.0.0.23 port 51234 to 198.51.100.7:23/tcp
                          2026-05-11 08:10:00 UTC: 10.0.0.23 port 40001 to 192.0.2.66:6667/tcp
              seen        both directions
              id          infected-host-1

            INPUTS
            """);
    }

    @Test
    void kindsFollowEachOtherAndScannersStayFew() {
        String text = text(Stream.concat(Stream.of(Samples.reflection()), AbuseSamples.all().stream())
                .toList());

        assertThat(text)
                .startsWith("1 attack found in 1 input\nBesides attacks: 1 infected host to notify, 1 host suspected of"
                        + " infection,")
                .containsSubsequence(
                        "ATTACK on 10.10.10.10",
                        "INFECTED HOST 10.0.0.23",
                        "SUSPECTED HOST 10.0.1.1, ended",
                        "COMMAND SERVER 192.0.2.66:6667/tcp (cc.example), still going on",
                        "hosts       3 hosts: 10.0.0.23, 10.0.0.24, 10.0.0.25",
                        "BOTNET of 2 hosts",
                        "EXPOSED SERVICES: 1",
                        "10.0.0.80:11211/udp: memcached answered 12 strangers with 2,000 B for each byte asked",
                        "SPOOFED TRAFFIC that leaves the network: 1",
                        "10.255.0.1 interface 7: 10,000 packets",
                        "SCANNERS: 30",
                        "198.51.100.29: 1,029 tries at 229 hosts, 3 answered; looks for 23/tcp, 2323/tcp",
                        "25 more; JSON has all",
                        "INPUTS");
    }

    @Test
    void pageTellsOfEachKind() {
        String page = page(AbuseSamples.all());

        assertThat(page)
                .contains(
                        "Found besides attacks: 1 infected host to notify, 1 host suspected of infection",
                        "To notify: 10.0.0.23.",
                        "The likeliest command server is 192.0.2.66:6667/tcp (cc.example), which 3 hosts talk to.");
        assertThat(all(page, "<h2[^>]*>([^<]*)</h2>"))
                .containsExactly(
                        "Summary",
                        "Infected hosts",
                        "1. Infected host 10.0.0.23",
                        "2. Suspected host 10.0.1.1",
                        "Command server 192.0.2.66:6667/tcp (cc.example)",
                        "Botnets",
                        "Exposed services",
                        "Forged traffic that leaves",
                        "Scanners",
                        "What the sensor could not see",
                        "Inputs",
                        "Method and limits");
        assertThat(page)
                .contains(
                        "It looks for other hosts (scanning), from 2026-05-11 08:00:00 to 2026-05-11 09:00:00 UTC",
                        "It also visits 12 well-known services",
                        "The address was given to 00:11:22:33:44:55, &quot;ipcam&quot;",
                        "51234");
    }

    @Test
    void behavioursAreBarsAndBotsStandAroundTheirServer() {
        String page = page(List.of(AbuseSamples.notified(), AbuseSamples.server(60)));

        // Two hours in all: the first behaviour takes the first half, the second one begins after ten minutes.
        assertThat(all(page, "<rect class=\"vector-[12]\" x=\"([0-9.]+%\" y=\"[0-9]+\" width=\"[0-9.]+%)\""))
                .containsExactly("0.00%\" y=\"19\" width=\"50.00%", "8.33%\" y=\"55\" width=\"91.67%");
        assertThat(all(page, "<circle class=\"(vector-1)\"|<circle cx=\"[^>]*class=\"(vector-1)\""))
                .hasSize(40);
        assertThat(page).contains("192.0.2.66:6667/tcp in the middle, and around it 40 hosts");
        assertThat(all(page, "<li>(10\\.0\\.0\\.[0-9]+)</li>")).hasSize(40);
        assertThat(page).contains("20 more hosts are not drawn.");
    }

    @Test
    void thousandsStayReadable() {
        List<Finding> findings = Stream.concat(
                        IntStream.range(0, 3_000).mapToObj(AbuseSamples::suspected),
                        IntStream.range(0, 3_000).mapToObj(AbuseSamples::scanner))
                .map(Finding.class::cast)
                .toList();

        assertThat(text(findings).lines().count()).isLessThan(900);
        assertThat(text(findings)).contains("2,950 more suspected hosts; JSON has all", "2,995 more; JSON has all");
        String page = page(findings);
        assertThat(page.length()).isLessThan(1_500_000);
        assertThat(page)
                .contains(
                        "The first 50 follow in full, the first 1,000 are listed; the JSON report has all 3,000.",
                        "2,900 more are not listed.");
    }

    @Test
    void mostUrgentComeFirst() {
        AbuseFindings found = AbuseFindings.of(List.of(
                AbuseSamples.suspected(1), AbuseSamples.scanner(1), AbuseSamples.notified(), AbuseSamples.scanner(9)));

        assertThat(found.infected()).extracting(host -> host.level()).containsExactly(Level.NOTIFY, Level.SUSPECTED);
        assertThat(found.scanners()).extracting(scanner -> scanner.id()).containsExactly("scanner-9", "scanner-1");
        assertThat(found.counts())
                .containsExactly("1 infected host to notify", "1 host suspected of infection", "2 scanners");
        assertThat(AbuseFindings.of(List.of(Samples.reflection())).isEmpty()).isTrue();
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(AbuseReportTest::group)
                .toList();
    }

    private static String group(MatchResult result) {
        return result.groupCount() > 1 && result.group(1) == null ? result.group(2) : result.group(1);
    }
}
