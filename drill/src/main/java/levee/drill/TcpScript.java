package levee.drill;

import java.util.Optional;
import levee.telemetry.PayloadHint;

/**
 * What is said over a TCP connection.
 *
 * @param firstRequest what the client says first, with its length in bytes
 * @param firstAnswer what the server answers to it first
 * @param request what the client's other segments are
 * @param answer what the server's other segments are
 */
record TcpScript(Payload firstRequest, Payload firstAnswer, Payload request, Payload answer) {
    static final TcpScript TLS =
            new TcpScript(Payloads.CLIENT_HELLO, Payloads.SERVER_HELLO, Payloads.TLS_DATA, Payloads.TLS_DATA);
    static final TcpScript HTTP =
            new TcpScript(Payloads.HTTP_REQUEST, Payloads.HTTP_ANSWER, Payloads.HTTP_REQUEST, Payload.NOISY);
    static final TcpScript SSH =
            new TcpScript(Payloads.SSH_CLIENT, Payloads.SSH_SERVER, Payloads.ENCRYPTED, Payloads.ENCRYPTED);
    static final TcpScript OTHER = new TcpScript(Payload.NOISY, Payload.NOISY, Payload.NOISY, Payload.NOISY);

    /** A client of some program names the server. */
    static TcpScript tls(TlsHello.Program program, String serverName) {
        Payload hello = TlsHello.client(program, Optional.of(serverName));
        return new TcpScript(hello, Payloads.SERVER_HELLO, Payloads.TLS_DATA, Payloads.TLS_DATA);
    }

    static TcpScript http(String serverName) {
        Payload request = Payloads.text(
                "GET / HTTP/1.1\r\nHost: " + serverName
                        + "\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\nConnection: close\r\n\r\n",
                PayloadHint.NONE);
        return new TcpScript(request, Payloads.HTTP_ANSWER, request, Payload.NOISY);
    }
}
