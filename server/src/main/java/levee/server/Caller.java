package levee.server;

/**
 * Who asks.
 *
 * @param name of the token, or {@code anonymous}
 * @param address where the request comes from
 */
record Caller(String name, String address) {}
