package levee.indicator;

/**
 * What a match says, to be cited as evidence.
 *
 * @param list that names it
 * @param kind what matched
 * @param label what it is according to the list, such as a family of malware, in printable characters; may be empty
 */
public record Indicator(String list, IndicatorKind kind, String label) {}
