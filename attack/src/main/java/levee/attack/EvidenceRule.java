package levee.attack;

/**
 * The least evidence on which traffic of one kind is called an attack.
 *
 * @param packets packets of the episode
 * @param rate packets in the fullest second, or per second in a burst that is shorter
 * @param sources distinct sources from which on it counts as distributed
 * @param fewSourcesRate the rate that fewer sources must reach; infinite where a few sources are never enough
 * @param unanswered the share of the connections it opened that the target did not take up, 0 to 1
 * @param sameness the share of the most common destination port or packet length, 0 to 1
 * @param liveRate packets per second that a live network must see at the least
 * @param isOperators whether the operator said so, which counts whatever the baseline is
 */
record EvidenceRule(
        long packets,
        double rate,
        long sources,
        double fewSourcesRate,
        double unanswered,
        double sameness,
        double liveRate,
        boolean isOperators) {

    /** How much more of most traffic a live network's prefix gets than a host. */
    static final int USUAL_LIVE_FACTOR = 5;

    EvidenceRule(
            long packets,
            double rate,
            long sources,
            double fewSourcesRate,
            double unanswered,
            double sameness,
            double liveRate) {
        this(packets, rate, sources, fewSourcesRate, unanswered, sameness, liveRate, false);
    }

    /** The rule with what the operator says alarms. */
    EvidenceRule withFloor(double packetsPerSecond) {
        return new EvidenceRule(packets, rate, sources, fewSourcesRate, unanswered, sameness, packetsPerSecond, true);
    }

    /**
     * The rule for a whole prefix: a network that many use sees more of everything.
     *
     * @param factor how much more of it
     * @param leastRate packets per second that it needs in any case
     * @param liveFactor how much more a live network must see; of what the operator says it is always five times
     */
    EvidenceRule forPrefix(int factor, double leastRate, int liveFactor) {
        return new EvidenceRule(
                packets * factor,
                Math.max(rate * factor, leastRate),
                sources * 2,
                Double.POSITIVE_INFINITY,
                unanswered,
                sameness,
                liveRate * (isOperators ? USUAL_LIVE_FACTOR : liveFactor),
                isOperators);
    }

    /** The rule for a further vector of an attack that is already proven by another one. */
    EvidenceRule asFurtherVector() {
        return new EvidenceRule(
                Math.max(20, packets / 5),
                rate / 5,
                Math.max(3, sources / 3),
                fewSourcesRate,
                unanswered,
                sameness,
                liveRate / 5,
                isOperators);
    }
}
