package levee.drill;

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
}
