package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import levee.telemetry.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and replies of RFC 5321. */
class SmtpLinesTest {

    @ParameterizedTest
    @ValueSource(strings = {"HELO Bot.Example.com\r\n", "ehlo bot.example.com\r\n", "EHLO  bot.example.com \n"})
    void aClientNamesItself(String line) {
        assertThat(Said.byClient(25, line)).singleElement().satisfies(said -> {
            assertThat(said.kind()).isEqualTo(EventKind.SMTP);
            assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:25");
            assertThat(said.isRequest()).isTrue();
            assertThat(said.name()).isEqualTo("bot.example.com");
            assertThat(said.type()).isZero();
        });
    }

    /** RFC 2920: commands come together. */
    @Test
    void senderAndRecipientsOfOneSegmentAreOneEvent() {
        assertThat(Said.byClient(
                        587,
                        "MAIL FROM:<a@example.com> SIZE=1000\r\nRCPT TO:<b@example.net>\r\n"
                                + "rcpt to: <c@example.net>\r\nDATA\r\nRCPT TO:<no>\r\n"))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.detail()).isEqualTo("a@example.com");
                    assertThat(said.more()).isEqualTo("b@example.net");
                    assertThat(said.type()).isEqualTo(2);
                });
    }

    @Test
    void theSenderOfABounceIsNobody() {
        assertThat(Said.byClient(25, "MAIL FROM:<>\r\n"))
                .singleElement()
                .satisfies(said -> assertThat(said.detail()).isEmpty());
        assertThat(Said.byClient(25, "MAIL FROM: a@example.com BODY=8BITMIME\r\n"))
                .singleElement()
                .satisfies(said -> assertThat(said.detail()).isEqualTo("a@example.com"));
    }

    @Test
    void theLastReplyCounts() {
        assertThat(Said.byServer(25, "250-mx.example.com\r\n250-SIZE\r\n550 5.7.1 blocked\r\n"))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:25");
                    assertThat(said.isResponse()).isTrue();
                    assertThat(said.code()).isEqualTo(550);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Dear HELO x\r\n", "HELO", "HELO x", "QUIT\r\n", "RCPT TO:<a@example.com>", "MAIL FROM\r\n"})
    void otherLinesAndCutOnesAreNoEvent(String line) {
        assertThat(Said.byClient(25, line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2500 x\r\n", "150 x\r\n", "650 x\r\n", "25x\r\n", "250 x", "\r\n250 x\r\n", "25\r\n"})
    void otherRepliesAreNoEvent(String line) {
        assertThat(Said.byServer(25, line)).isEmpty();
    }

    @Test
    void otherPortsAreNotLookedAt() {
        assertThat(Said.byClient(2_600, "HELO x\r\n")).isEmpty();
        assertThat(Said.byServer(21, "220 ready\r\n")).isEmpty();
    }
}
