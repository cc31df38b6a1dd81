package levee.alert;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Whatever a finding says, an alert of it has the form of its channel. */
class HostileFindingFuzzTest {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** RFC 5424 section 6. */
    private static final Pattern SYSLOG = Pattern.compile(
            "<1\\d\\d>1 \\S+ sensor levee - OPENED \\[levee@32473( [a-z]+=\"([^\"\\\\\\]]|\\\\[\"\\\\\\]])*+\")++\\]["
                    + " -~]*");

    private static final Syslog CHANNEL = new Syslog(
            "syslog",
            "localhost",
            514,
            Syslog.Transport.UDP,
            16,
            "sensor",
            Syslog.DEFAULT_PACE,
            Syslog.DEFAULT_TIMEOUT);

    @FuzzTest(maxDuration = "1m")
    void keepsItsForm(FuzzedDataProvider data) {
        String id = data.consumeString(300);
        String statement = data.consumeString(300);
        double bitsPerSecond = data.consumeDouble();
        String header = data.consumeString(200);
        String json = data.consumeRemainingAsString();
        Attack attack =
                Attacks.attack(id, "203.0.113.7", Attack.State.OPEN, bitsPerSecond, statement, AttackVector.UDP_FLOOD);
        Situation situation = Situation.of(
                        Attacks.event(FindingEvent.Change.OPENED, attack), Attacks.DETECTED, AlertMode.ALERT)
                .orElseThrow();
        Alert.Single single =
                Alert.Single.of(AlertEvent.OPENED, situation, "", Optional.empty(), Optional.of(json), Optional.of(id));

        checkJson(AlertJson.of(single));
        byte[] message = SyslogMessage.of(single, CHANNEL, Attacks.DETECTED, SyslogSender.MOST_DATAGRAM_BYTES);
        check(message.length <= SyslogSender.MOST_DATAGRAM_BYTES, "the message is too long");
        check(SYSLOG.matcher(new String(message, StandardCharsets.US_ASCII)).matches(), "the message is malformed");
        String subject = MailText.subject(single);
        check(subject.codePoints().noneMatch(Character::isISOControl), "the subject has more than one line");
        check(
                !WebhookSignature.isValid(
                        header,
                        json.getBytes(StandardCharsets.UTF_8),
                        Desk.SECRET,
                        Attacks.DETECTED,
                        Duration.ofMinutes(5)),
                "a signature was guessed");
    }

    private static void checkJson(String text) {
        int depth = 0;
        int events = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                events +=
                        depth == 1 && token == JsonToken.PROPERTY_NAME && "event".equals(parser.currentName()) ? 1 : 0;
            }
        }
        check(depth == 0 && events == 1, "the finding breaks out of its place");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
