package levee.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sends each alert in a datagram or over a connection of its own; they are too rare to keep connections. */
final class SyslogSender implements Sender {
    /** What fits into the smallest datagram that IPv6 need not fragment (RFC 5426 section 3.2). */
    static final int MOST_DATAGRAM_BYTES = 1_180;

    /** What each receiver should take (RFC 5425 section 4.3.1). */
    static final int MOST_STREAM_BYTES = 2_048;

    private static final int FAREWELL_MILLIS = 200;
    private static final int MOST_FAREWELL_BYTES = 4_096;

    private final Syslog syslog;
    private final SSLSocketFactory tls;

    SyslogSender(Syslog syslog) {
        this(syslog, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    SyslogSender(Syslog syslog, SSLSocketFactory tls) {
        this.syslog = syslog;
        this.tls = tls;
    }

    @Override
    public Outcome send(Alert alert, Instant now) {
        try {
            return switch (syslog.transport()) {
                case UDP -> sendDatagram(SyslogMessage.of(alert, syslog, now, MOST_DATAGRAM_BYTES));
                case TCP, TLS -> sendStream(SyslogMessage.of(alert, syslog, now, MOST_STREAM_BYTES));
            };
        } catch (IOException e) {
            return new Outcome.Failed(Failure.text(e));
        }
    }

    private InetSocketAddress address() throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(syslog.host(), syslog.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(syslog.host());
        }
        return address;
    }

    private Outcome sendDatagram(byte[] message) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(message, message.length, address()));
        }
        return new Outcome.Delivered("Sent; UDP has no answer");
    }

    private Outcome sendStream(byte[] message) throws IOException {
        int timeoutMillis = (int) syslog.timeout().toMillis();
        try (Socket socket = new Socket()) {
            socket.connect(address(), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            if (syslog.transport() == Syslog.Transport.TCP) {
                hand(message, socket);
                return new Outcome.Delivered("Handed over by TCP");
            }
            try (SSLSocket secure = (SSLSocket) tls.createSocket(socket, syslog.host(), syslog.port(), true)) {
                SSLParameters parameters = secure.getSSLParameters();
                // The name in the certificate has to be the server's (RFC 5425 section 5.2).
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                hand(message, secure);
                return new Outcome.Delivered(
                        "Handed over by " + secure.getSession().getProtocol());
            }
        }
    }

    /** Octet counting: the length in digits, a space, the message (RFC 6587 section 3.4.1). */
    private static void hand(byte[] message, Socket socket) throws IOException {
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[length.length + message.length];
        System.arraycopy(length, 0, frame, 0, length.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        OutputStream out = socket.getOutputStream();
        out.write(frame);
        out.flush();
        socket.shutdownOutput();
        awaitFarewell(socket);
    }

    /** Closing while something unread has come in would reset the connection, and the message might get lost. */
    private static void awaitFarewell(Socket socket) throws IOException {
        socket.setSoTimeout(FAREWELL_MILLIS);
        InputStream in = socket.getInputStream();
        byte[] ignored = new byte[512];
        try {
            int received = 0;
            for (int count = 0; count >= 0 && received < MOST_FAREWELL_BYTES; received += count) {
                count = in.read(ignored);
            }
        } catch (SocketTimeoutException e) {
            // The server keeps its side open.
        }
    }
}
