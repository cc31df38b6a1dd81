package levee.model;

/**
 * One reason for a finding, that a person can check.
 *
 * @param statement a sentence in plain words
 * @param value what was measured
 * @param threshold what was needed
 * @param method how it was measured
 */
public record Evidence(String statement, double value, double threshold, String method) {}
