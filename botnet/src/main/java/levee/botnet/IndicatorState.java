package levee.botnet;

/** Known bad addresses and names that a host had to do with. */
final class IndicatorState {}
