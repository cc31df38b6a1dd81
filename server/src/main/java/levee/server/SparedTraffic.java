package levee.server;

/**
 * What an entry of the allow list spared since the start: traffic that could otherwise have been an attack.
 *
 * @param entry its name
 * @param rows records or samples
 * @param packets that they stand for
 */
public record SparedTraffic(String entry, long rows, long packets) {}
