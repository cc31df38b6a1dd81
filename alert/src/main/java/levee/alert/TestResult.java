package levee.alert;

/**
 * What became of a test alert. Texts hold no secrets.
 *
 * @param channel its name
 * @param where it was sent
 * @param succeeded whether the receiver took it, or may have, where it does not answer
 * @param what happened
 * @param advice what to do next
 */
public record TestResult(String channel, String where, boolean succeeded, String what, String advice) {}
