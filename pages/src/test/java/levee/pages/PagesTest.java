package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.server.Operation.Access;
import levee.server.SettingInForce;
import levee.store.Annotation;
import levee.store.AuditQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** All pages, as a browser gets them. */
final class PagesTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)");

    @TempDir
    private Path folder;

    private PageServer server;
    private Attack open;
    private Attack ended;

    @BeforeEach
    void start() throws Exception {
        server = new PageServer(folder, Access.OPERATORS);
        ended = server.add(Attacks.attack(
                "192.0.2.7/32",
                AttackVector.DNS_REFLECTION,
                1e6,
                Attack.State.ENDED,
                Attacks.START.minusSeconds(7_200),
                "Example Shop"));
        open = server.add(Attacks.attack("192.0.2.7/32", AttackVector.DNS_REFLECTION, 4.2e9, Attack.State.OPEN));
        server.system.exporters = List.of(
                FakeSystem.exporter("203.0.113.1", 0, 0.1, server.clock.instant()),
                FakeSystem.exporter(
                        "203.0.113.2", 900, 12, server.clock.instant().minusSeconds(600)));
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.complaints).isEmpty();
    }

    private Stream<String> paths() {
        return Stream.of(
                Paths.OVERVIEW,
                Paths.ATTACKS,
                Paths.attack(open.id()),
                Paths.attack(ended.id()),
                Paths.HOSTS,
                Paths.host("192.0.2.7"),
                Paths.host("2001:db8::7"),
                Paths.EXPORTERS,
                Paths.SETTINGS,
                Paths.SEARCH + "?q=dns");
    }

    @Test
    void everyPageIsWellFormedAndMayOnlyUseWhatIsHere() throws Exception {
        for (String path : paths().toList()) {
            HttpResponse<String> page = server.get(path);

            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body()).as(path).doesNotContain("style=\"", " onclick", "<script>");
            // Throws where it is not well-formed.
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page.body().replaceFirst("<!DOCTYPE html>", ""))));
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String path : paths().toList()) {
            Matcher links = LINK.matcher(server.get(path).body());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                assertThat(server.get(link).statusCode())
                        .as(path + " to " + link)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void overviewAnswersTheFiveQuestions() {
        assertThat(server.get(Paths.OVERVIEW).body().replace('\u00a0', ' '))
                .contains("1 attack has fallen quiet")
                .contains(
                        "192.0.2.7 (Example Shop) has been under attack for 1 min 30 s, since 2026-03-01 12:58:00 UTC:"
                            + " DNS reflection, up to 4.2 Gbit/s and 12 kpps, from about 480 addresses, through"
                            + " 203.0.113.1 interface 3. Levee is 97 % sure of target and main vector. Nothing of it"
                            + " has come since 12:59:30 UTC.");
    }

    @Test
    void attackSaysWhatIsKnownAndWhatIsNot() {
        assertThat(server.get(Paths.attack(open.id())).body().replace('\u00a0', ' '))
                .contains("Attack on 192.0.2.7, quiet since 12:59:30")
                .contains("400 ms after its first packet")
                .contains("50,000 packets came")
                .contains("It goes on: how long it will last")
                .contains("What does not pass a router that exports to Levee is not seen")
                .as("the attack before it")
                .contains("the target, DNS reflection, 1 of the most active source networks, packet lengths")
                .contains("/api/v1/findings/" + open.id() + "/sample?format=csv");
    }

    @Test
    void whatIsSaidOfAnAttackIsKeptAndShown() {
        HttpResponse<String> answer =
                server.post(Paths.attack(open.id()) + "/mute", "note=%3Cb%3Eknown%3C%2Fb%3E&hours=8");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(Paths.attack(open.id()) + "#actions");
        Annotation annotation = server.store.annotations(open.id()).getFirst();
        assertThat(annotation.mark()).isEqualTo(Annotation.Mark.MUTED);
        assertThat(annotation.note()).isEqualTo("<b>known</b>");
        assertThat(annotation.until()).contains(annotation.at().plus(Duration.ofHours(8)));
        assertThat(server.store
                        .auditLines(AuditQuery.newest(1))
                        .lines()
                        .getFirst()
                        .action())
                .isEqualTo("finding.mute");
        assertThat(server.get(Paths.attack(open.id())).body())
                .contains("Muted by anonymous until", "&lt;b&gt;known&lt;/b&gt;", "Take back");
        assertThat(server.get(Paths.OVERVIEW).body()).contains("muted by anonymous");

        server.post(Paths.attack(open.id()) + "/clear", "note=");
        assertThat(server.get(Paths.OVERVIEW).body()).doesNotContain("muted by");
    }

    @Test
    void formsOfOtherSitesDoNothing() {
        String path = Paths.attack(open.id()) + "/false-alarm";

        assertThat(server.post(path, "note=", "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.post(path, "note=", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(server.store.annotations(open.id())).isEmpty();
    }

    @Test
    void badFormsAreExplained() {
        String path = Paths.attack(open.id()) + "/mute";

        assertThat(server.post(path, "hours=0").statusCode()).isEqualTo(400);
        assertThat(server.post(path, "hours=%zz").statusCode()).isEqualTo(400);
        assertThat(server.post(path, "note=" + "x".repeat(20_000)).statusCode()).isEqualTo(400);
        assertThat(server.post(path, "note=%00&hours=1").statusCode()).isEqualTo(400);
        assertThat(server.post("/attacks/attack-0000/mute", "hours=1").statusCode())
                .isEqualTo(404);
        assertThat(server.store.annotations(open.id())).isEmpty();
    }

    @Test
    void whatIsNotThereIsToldAsAPage() {
        for (String path : List.of("/nothing", "/attacks/attack-0000", "/hosts/nobody", "/attacks?state=asleep")) {
            HttpResponse<String> page = server.get(path);
            assertThat(page.statusCode()).as(path).isBetween(400, 404);
            assertThat(page.headers().firstValue("Content-Type")).as(path).contains("text/html;charset=utf-8");
            assertThat(page.body()).as(path).contains("To the overview");
        }
    }

    @Test
    void searchFindsByAddressNetworkVectorCustomerAndSetting() {
        for (String words :
                List.of("192.0.2.7", "192.0.2.0/24", "dns-ref", "example+shop", "198.51.100.9", open.id())) {
            assertThat(server.get(Paths.SEARCH + "?q=" + words).body())
                    .as(words)
                    .contains(Paths.attack(open.id()));
        }
        assertThat(server.get(Paths.SEARCH + "?q=203.0.113.1").body()).contains("exporter");
        assertThat(server.get(Paths.SEARCH + "?q=mode").body()).contains("/settings#mode");
        assertThat(server.get(Paths.SEARCH + "?q=%3Cscript%3E").body())
                .contains("Nothing that is kept", "&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void exportersThatAreSilentOrLoseMuchStandOut() {
        assertThat(server.get(Paths.EXPORTERS).body().replace('\u00a0', ' '))
                .contains(
                        "silent for 10 min",
                        "47.37 % of its datagrams",
                        "12 s behind",
                        "1 in 100",
                        "as its options say");
        assertThat(server.get(Paths.OVERVIEW).body().replace('\u00a0', ' '))
                .contains("1 of 2", "silent: 203.0.113.2", "Attacks may be missed or look smaller");
    }

    @Test
    void drillIsNamedOnEveryPage() {
        server.system.settings =
                List.of(new SettingInForce("drill", List.of("day"), SettingInForce.From.COMMAND_LINE, 0));

        paths().forEach(path -> assertThat(server.get(path).body()).as(path).contains("nobody is attacked"));
    }
}
