package levee.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.capture.CaptureFormat;
import levee.capture.DnsQuestion;
import levee.capture.PacketDetails;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;

/**
 * A packet of a capture that was read again, with what is in it.
 *
 * @param payload its first bytes, a character each
 * @param question the name that it asks for or answers, where it is a DNS message
 */
record Dissected(
        long nanos,
        IpAddress source,
        int sourcePort,
        IpAddress destination,
        int destinationPort,
        int protocol,
        int flags,
        int sequence,
        String payload,
        Optional<String> question,
        int questionType) {
    private static final int ROWS = 256;
    private static final int DNS_PORT = 53;

    static List<Dissected> all(Played played) {
        List<Dissected> all = new ArrayList<>();
        PacketDetails details = new PacketDetails(ROWS);
        DnsQuestion question = new DnsQuestion();
        try (BatchSource source = CaptureFormat.PCAP.open(
                Channels.newChannel(new ByteArrayInputStream(played.bytes())), false, details)) {
            FlowBatch batch = new FlowBatch(ROWS);
            boolean more = true;
            while (more) {
                more = source.fill(batch);
                for (int i = 0; i < batch.size; i++) {
                    all.add(packet(batch, i, details, question));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Dissected packet(FlowBatch batch, int row, PacketDetails details, DnsQuestion question) {
        byte[] payload = new byte[details.payloadLength(row)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) details.payload(row, i);
        }
        boolean isDns = (batch.sourcePort[row] == DNS_PORT || batch.destinationPort[row] == DNS_PORT)
                && (batch.protocol[row] & 0xff) == Protocols.UDP
                && question.read(details, row);
        return new Dissected(
                batch.firstNanos[row],
                new IpAddress(batch.sourceHigh[row], batch.sourceLow[row]),
                batch.sourcePort[row],
                new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]),
                batch.destinationPort[row],
                batch.protocol[row] & 0xff,
                batch.tcpFlags[row] & 0xff,
                batch.tcpSequence[row],
                new String(payload, ISO_8859_1),
                isDns ? Optional.of(question.name().toString()) : Optional.empty(),
                isDns ? question.type() : 0);
    }

    boolean isFrom(IpAddress address) {
        return source.equals(address);
    }

    boolean isTcp(int flagsOnly) {
        return protocol == Protocols.TCP && flags == flagsOnly;
    }

    boolean opens() {
        return isTcp(TcpFlags.SYN);
    }

    boolean isDnsAnswer() {
        return question.isPresent() && (payload.charAt(2) & 0x80) != 0;
    }

    /** The response code (RFC 1035 section 4.1.1). */
    int dnsCode() {
        return payload.charAt(3) & 0xf;
    }

    boolean isClientHello() {
        return protocol == Protocols.TCP && payload.length() > 43 && number(0) == 0x1603 && payload.charAt(5) == 1;
    }

    /** The name of the server in a client's hello (RFC 8446 section 4.1.2, RFC 6066 section 3). */
    Optional<String> serverName() {
        // record, message, version, random
        int at = 5 + 4 + 2 + 32;
        at += 1 + payload.charAt(at);
        at += 2 + number(at);
        at += 1 + payload.charAt(at);
        int end = at + 2 + number(at);
        at += 2;
        while (at < end) {
            if (number(at) == 0) {
                return Optional.of(payload.substring(at + 9, at + 9 + number(at + 7)));
            }
            at += 4 + number(at + 2);
        }
        return Optional.empty();
    }

    private int number(int at) {
        return payload.charAt(at) << 8 | payload.charAt(at + 1);
    }
}
