package levee.flowexport;

import java.security.SecureRandom;
import java.util.Map;
import levee.telemetry.Hashing;

/**
 * The sampling rates of a domain, for look-up by record. Never changed once it is made.
 *
 * <p>A record's sampler comes before its interface, and that before the whole system. Where there are several samplers
 * and a record names none, the lowest rate is taken, so that nothing is counted more than it was.
 */
final class SamplingRates {
    static final SamplingRates NONE = new SamplingRates(Map.of());

    /** Exporters choose the keys. The seed makes no difference to what is found. */
    private static final long SEED = new SecureRandom().nextLong();

    /** What a rate was told for; the upper half of a key, the lower one being the number. */
    static final int SYSTEM = 0;

    static final int SAMPLER = 1;
    static final int INTERFACE = 2;
    static final int LINE_CARD = 3;

    /** No sampler is named. */
    static final long NO_SAMPLER = -1;

    private final long[] keys;
    private final int[] rates;
    private final int mask;
    private final boolean hasSamplers;
    private final boolean hasInterfaces;
    private final int systemRate;
    private final int lowestRate;
    private final boolean isAmbiguous;

    /** @param told rates by {@link #key} */
    SamplingRates(Map<Long, Integer> told) {
        int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, told.size())) << 2);
        keys = new long[capacity];
        rates = new int[capacity];
        mask = capacity - 1;
        boolean samplers = false;
        boolean interfaces = false;
        int system = 0;
        int lowest = 0;
        int highest = 0;
        for (Map.Entry<Long, Integer> entry : told.entrySet()) {
            long key = entry.getKey();
            int rate = entry.getValue();
            int at = slot(key);
            while (rates[at] != 0) {
                at = at + 1 & mask;
            }
            keys[at] = key;
            rates[at] = rate;
            switch ((int) (key >>> 32)) {
                case SYSTEM -> system = rate;
                case INTERFACE -> interfaces = true;
                default -> {
                    samplers |= (int) (key >>> 32) == SAMPLER;
                    lowest = lowest == 0 ? rate : Math.min(lowest, rate);
                    highest = Math.max(highest, rate);
                }
            }
        }
        hasSamplers = samplers;
        hasInterfaces = interfaces;
        systemRate = system;
        lowestRate = lowest;
        isAmbiguous = lowest != highest;
    }

    static long key(int scope, long number) {
        return (long) scope << 32 | number & 0xffff_ffffL;
    }

    boolean isEmpty() {
        return this == NONE;
    }

    /** Whether {@link #rate} is the same for all records that name no sampler. */
    boolean isUniform() {
        return !hasInterfaces;
    }

    boolean hasSamplers() {
        return hasSamplers;
    }

    /**
     * One in how many packets was counted, 0 if that is not known.
     *
     * @param sampler that the record names, or {@link #NO_SAMPLER}
     * @param ingressInterface SNMP index
     */
    int rate(long sampler, int ingressInterface) {
        if (sampler != NO_SAMPLER && hasSamplers) {
            int rate = find(key(SAMPLER, sampler));
            if (rate != 0) {
                return rate;
            }
            // Number 0, where no sampler has it, is how Cisco marks flows that passed none.
            if (sampler == 0 && systemRate == 0) {
                return 1;
            }
        }
        if (hasInterfaces) {
            int rate = find(key(INTERFACE, ingressInterface));
            if (rate != 0) {
                return rate;
            }
        }
        if (systemRate != 0) {
            return systemRate;
        }
        return sampler == NO_SAMPLER ? lowestRate : 0;
    }

    /** Whether the rate of a record that names no sampler is a guess. */
    boolean isAmbiguous() {
        return isAmbiguous && systemRate == 0;
    }

    private int find(long key) {
        int at = slot(key);
        while (rates[at] != 0) {
            if (keys[at] == key) {
                return rates[at];
            }
            at = at + 1 & mask;
        }
        return 0;
    }

    private int slot(long key) {
        return (int) Hashing.hash(SEED, key, 0) & mask;
    }
}
