package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import levee.model.CommandServer;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.model.Prefix;
import levee.report.AbuseFindings;
import levee.server.Operation.Access;
import levee.store.Annotation;
import levee.testing.SomeAbuse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Pages that tell of what is found besides attacks. */
class AbusePagesTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)");
    private static final SomeAbuse EARLIER = new SomeAbuse(Attacks.START.minusSeconds(86_400));
    private static final SomeAbuse NOW = new SomeAbuse(Attacks.START);

    @TempDir
    private Path folder;

    private PageServer server;
    private InfectedHost infected;
    private CommandServer command;

    @BeforeEach
    void start() throws Exception {
        server = new PageServer(folder, Access.OPERATORS);
        server.add((InfectedHost) ended(EARLIER.infected("192.0.2.9", Level.SUSPECTED)), "192.0.2.9/32");
        infected = server.add(NOW.infected("192.0.2.9", Level.NOTIFY), "192.0.2.9/32");
        server.add(NOW.infected("192.0.2.10", Level.SUSPECTED), "192.0.2.10/32");
        command = server.add(NOW.server("192.0.2.9", "192.0.2.10"), "command-server x");
        server.add(NOW.botnet("192.0.2.9", "192.0.2.10"), "botnet x");
        server.add(NOW.exposed("192.0.2.80", 11_211), "192.0.2.80/32");
        server.add(NOW.scanner("198.51.100.0/24"), "scanner x");
        server.add(NOW.spoofed(), "spoofed-traffic x");
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.complaints).isEmpty();
    }

    private static Finding ended(InfectedHost like) {
        return new InfectedHost(
                like.id(),
                Finding.State.ENDED,
                like.host(),
                like.start(),
                like.end(),
                like.level(),
                like.levelSince(),
                like.score(),
                like.probability(),
                like.behaviours(),
                like.against(),
                like.commandServers(),
                like.identities(),
                like.visibility(),
                like.group());
    }

    private Stream<String> paths() {
        return Stream.of(
                Paths.OVERVIEW,
                Paths.ATTACKS,
                Paths.INFECTED,
                Paths.infected(infected.id()),
                Paths.host("192.0.2.9"),
                Paths.HOSTS,
                Paths.SERVERS,
                Paths.server(command.id()),
                Paths.ABUSE,
                Paths.SEARCH + "?q=192.0.2.9");
    }

    @Test
    void everyPageIsWellFormedAndEveryLinkLeadsSomewhere() throws Exception {
        for (String path : paths().toList()) {
            HttpResponse<String> page = server.get(path);
            assertThat(page.statusCode()).as(path + page.body()).isEqualTo(200);
            assertThat(page.body()).as(path).doesNotContain("style=\"", " onclick", "<script>");
            // Throws where it is not well-formed.
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page.body().replaceFirst("<!DOCTYPE html>", ""))));
            Matcher ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(page.body());
            assertThat(ids.results().map(id -> id.group(1)).toList()).as(path).doesNotHaveDuplicates();
            Matcher links = LINK.matcher(page.body());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                assertThat(server.get(link).statusCode())
                        .as(path + " to " + link)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void overviewSaysHowManyInOneLine() {
        assertThat(server.get(Paths.OVERVIEW).body())
                .contains("1 host to notify, 1 suspected, 1 command server")
                .contains("href=\"/infected\"");
    }

    @Test
    void pagesAboutAttacksShowAttacksAlone() {
        assertThat(server.get(Paths.ATTACKS).body()).contains("None that is kept is like this.");
    }

    @Test
    void hostTellsItsStory() {
        String page = server.get(Paths.host("192.0.2.9")).body().replace('\u00a0', ' ');

        assertThat(page)
                .contains("Thought infected, still going on")
                .contains("Behaviours over time", "It looks for other hosts (scanning)", "It was seen")
                .contains("50123")
                .contains("203.0.113.66:6667/tcp, 90 % sure")
                .contains(Paths.server(command.id()))
                .contains("Acknowledge", "Mute", "False alarm")
                .contains("Thought infected before");
        assertThat(server.get(Paths.host("192.0.2.77")).body()).doesNotContain("Behaviours over time");
    }

    @Test
    void listNamesThoseToNotifyFirst() {
        assertThat(server.get(Paths.INFECTED).body())
                .containsSubsequence("To notify", "192.0.2.9<", "Suspected", "192.0.2.10<", "No more", "192.0.2.9<");
    }

    @Test
    void serverIsDrawnWithItsHosts() {
        assertThat(server.get(Paths.SERVERS).body()).contains("203.0.113.66:6667/tcp", "hosts report to it");
        assertThat(server.get(Paths.server(command.id())).body())
                .contains("203.0.113.66:6667/tcp in the middle, and around it 2 hosts")
                .contains("<li><a href=\"/hosts/192.0.2.9\">192.0.2.9</a></li>");
    }

    @Test
    void searchFindsHostsAndServers() {
        for (String words : List.of("192.0.2.9", "192.0.2.0/28", infected.id())) {
            assertThat(server.get(Paths.SEARCH + "?q=" + words).body())
                    .as(words)
                    .contains(Paths.infected(infected.id()));
        }
        for (String words : List.of("203.0.113.66", command.id())) {
            assertThat(server.get(Paths.SEARCH + "?q=" + words).body())
                    .as(words)
                    .contains(Paths.server(command.id()));
        }
        assertThat(server.get(Paths.SEARCH + "?q=192.0.2.200").body()).doesNotContain("infected host");
    }

    @Test
    void onePageHasAllTheRest() {
        assertThat(server.get(Paths.ABUSE).body())
                .containsSubsequence(
                        "Botnets",
                        "Services that can be abused",
                        "192.0.2.80:11211/udp",
                        "Forged traffic that leaves",
                        "Scanners",
                        "198.51.100.0/24");
    }

    @Test
    void whatIsSaidOfAHostIsKeptAndShown() {
        HttpResponse<String> answer =
                server.post(Paths.infected(infected.id()) + "/false-alarm", "note=%3Cb%3Eours%3C%2Fb%3E");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(Paths.infected(infected.id()) + "#actions");
        Annotation annotation = server.store.annotations(infected.id()).getFirst();
        assertThat(annotation.mark()).isEqualTo(Annotation.Mark.FALSE_ALARM);
        for (String path : List.of(Paths.infected(infected.id()), Paths.host("192.0.2.9"))) {
            assertThat(server.get(path).body())
                    .contains("Called a false alarm by anonymous", "&lt;b&gt;ours&lt;/b&gt;");
        }
        assertThat(server.get(Paths.INFECTED).body()).contains("called a false alarm by anonymous");
        assertThat(server.post("/infected/" + command.id() + "/mute", "hours=1").statusCode())
                .isEqualTo(404);
        assertThat(server.post("/infected/infected-host-0/mute", "hours=1").statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesOfOtherKindsAreNotThere() {
        for (String path : List.of(
                Paths.infected(command.id()),
                Paths.server(infected.id()),
                Paths.infected("nobody"),
                "/servers/nobody")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void audiencesOfSomeNetworksSeeThoseAlone() {
        Running running = new Running(server.store, server.system, server.clock, "1.2.3");

        AbuseFindings seen = StoredAbuse.open(running, Optional.of(List.of(Prefix.parse("192.0.2.9/32"))));

        assertThat(seen.counts()).containsExactly("1 infected host to notify");
        assertThat(StoredAbuse.open(running, Optional.of(List.of())).isEmpty()).isTrue();
        assertThat(StoredAbuse.open(running, Optional.empty()).counts()).hasSize(7);
    }
}
