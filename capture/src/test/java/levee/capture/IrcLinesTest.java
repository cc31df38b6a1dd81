package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.telemetry.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of RFC 1459 section 2.3 and RFC 2812 section 3. */
class IrcLinesTest {

    private static List<String> lines(List<Said> said) {
        return said.stream().map(event -> event.name() + " " + event.detail()).toList();
    }

    /** A bot ends its lines with a line feed alone, and uses any port. */
    @Test
    void aBotRegistersOnAnyPort() {
        List<Said> said = Said.byClient(4_242, "NICK [ARM4T|ABC]\nUSER abc localhost localhost :abc\n");
        assertThat(lines(said)).containsExactly("NICK [ARM4T|ABC]", "USER abc");
        assertThat(said).allSatisfy(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.IRC);
            assertThat(event.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:4242");
            assertThat(event.isRequest()).isTrue();
        });
    }

    @Test
    void aServerPutsAPrefixInFront() {
        List<Said> said = Said.byServer(
                65_000, ":irc.example.net 332 bot #x :topic\r\n:boss!b@example.net PRIVMSG #x :!udp 192.0.2.7 80\r\n");
        assertThat(lines(said)).containsExactly("PRIVMSG #x");
        assertThat(said.getFirst().isResponse()).isTrue();
        assertThat(said.getFirst().ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:65000");
    }

    @ParameterizedTest
    @CsvSource({
        "PASS secret|NICK bot|, NICK bot",
        "CAP LS 302|NICK bot|, NICK bot",
        "JOIN ##Summit :|WHO bot|, JOIN ##Summit",
        "JOIN #a key|, JOIN #a",
        "PRIVMSG boss :done|, PRIVMSG boss",
        "PING irc.example.net|, PING irc.example.net",
        "PING :AAD2F777|, PING AAD2F777",
        ":bot!u@h JOIN :#x|, JOIN #x",
        ":bot!u@h NICK :bot2|, NICK bot2",
        "MODE bot -xi|JOIN #a|, JOIN #a"
    })
    void commandsAreTold(String text, String expected) {
        assertThat(lines(Said.byClient(6_667, text.replace("|", "\r\n")))).containsExactly(expected);
    }

    @Test
    void aPingOfTheServerIsTheServers() {
        assertThat(Said.byServer(6_667, "PING :token\r\n"))
                .singleElement()
                .satisfies(said -> assertThat(said.isResponse()).isTrue());
        assertThat(Said.byClient(6_667, "PING :token\r\n"))
                .singleElement()
                .satisfies(said -> assertThat(said.isRequest()).isTrue());
    }

    @Test
    void noMoreThanFourOfASegmentAreTold() {
        assertThat(Said.byClient(6_667, "PRIVMSG #x :a\r\n".repeat(9))).hasSize(ApplicationReader.MAXIMUM_EVENTS);
        // Whatever their length.
        assertThat(Said.byClient(6_667, ("JOIN #" + "x".repeat(500) + "\r\n").repeat(7)))
                .hasSize(ApplicationReader.MAXIMUM_EVENTS)
                .allSatisfy(said -> assertThat(said.detail()).hasSize(64));
    }

    /** Commands of the same name in FTP, POP3, Redis, NATS and what a terminal shows; text that is cut; binary. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "USER anonymous\r\n",
                "USER a b c\r\n",
                "PING\r\n",
                "PING \r\n",
                "PING 1\r\n",
                "PING www.example.com (192.0.2.7): 56 data bytes\r\n",
                "NICK a b\r\n",
                "NICK :\r\n",
                "NICKNAME a\r\n",
                "NICK bot",
                "JOIN us today\r\n",
                "JOIN #\r\n",
                "PRIVMSG #x no colon\r\n",
                "PRIVMSG :x y\r\n",
                "PRIV\r\n",
                ": NICK x\r\n",
                ":) NICK\r\n",
                ":a nick b\r\n",
                ":a\r\n",
                "nick a\r\n",
                "hello\r\nNICK a\r\n",
                "NICK a\0\r\n",
                "NICK a\rb\r\n"
            })
    void otherTextIsNoEvent(String text) {
        assertThat(Said.byClient(6_667, text)).isEmpty();
    }
}
