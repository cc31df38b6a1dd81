package levee.flowexport;

/**
 * Reads options data for what they say of sampling and of the exporter's start. Of the vendors' forms: a sampler table
 * (Cisco, 48 with 49 and 50), the selectors of RFC 5477 (302 with 304 to 311), and the old 34 with 35 for the system, an
 * interface or a line card.
 */
final class SamplingOptions {
    // Scopes of NetFlow v9 (RFC 3954 section 6.1).
    private static final int SCOPE_INTERFACE = 2;
    private static final int SCOPE_LINE_CARD = 3;
    private static final int SCOPE_CACHE = 4;
    private static final int SCOPE_TEMPLATE = 5;

    // IANA's elements that only options data have.
    private static final int INGRESS_INTERFACE = 10;
    private static final int EGRESS_INTERFACE = 14;
    private static final int SAMPLING_INTERVAL = 34;
    private static final int SAMPLER_ID = 48;
    private static final int SAMPLER_RANDOM_INTERVAL = 50;
    private static final int LINE_CARD_ID = 141;
    private static final int SYSTEM_INIT_TIME = 160;
    private static final int SELECTOR_ID = 302;
    private static final int PACKET_INTERVAL = 305;
    private static final int PACKET_SPACE = 306;
    private static final int TIME_INTERVAL = 307;
    private static final int TIME_SPACE = 308;
    private static final int SIZE = 309;
    private static final int POPULATION = 310;
    private static final int PROBABILITY = 311;

    private static final long ABSENT = -1;

    private SamplingOptions() {}

    /**
     * Reads a record.
     *
     * @param starts of the fields
     * @param lengths of the same
     */
    static void read(Template template, byte[] bytes, int[] starts, int[] lengths, ObservationDomain domain) {
        long sampler = ABSENT;
        long ingress = ABSENT;
        long lineCard = ABSENT;
        long rate = ABSENT;
        long packetInterval = ABSENT;
        long packetSpace = ABSENT;
        long timeInterval = ABSENT;
        long timeSpace = ABSENT;
        long size = ABSENT;
        long population = ABSENT;
        double probability = 0;
        boolean isOfPart = false;
        for (int field = 0; field < template.fields(); field++) {
            int length = lengths[field];
            if (template.enterprise(field) != 0 || length < 1 || length > Long.BYTES) {
                continue;
            }
            long value = BigEndian.number(bytes, starts[field], length);
            int number = template.number(field);
            if (template.isNetFlow9 && field < template.scopeFields) {
                switch (number) {
                    case SCOPE_INTERFACE -> ingress = value;
                    case SCOPE_LINE_CARD -> lineCard = value;
                    case SCOPE_CACHE, SCOPE_TEMPLATE -> isOfPart = true;
                    default -> {
                        // the system
                    }
                }
                continue;
            }
            switch (number) {
                case INGRESS_INTERFACE -> ingress = value;
                // What goes out by an interface may have come in by any.
                case EGRESS_INTERFACE -> isOfPart |= field < template.scopeFields;
                case LINE_CARD_ID -> lineCard = value;
                case SAMPLER_ID, SELECTOR_ID -> sampler = value;
                case SAMPLING_INTERVAL, SAMPLER_RANDOM_INTERVAL -> rate = Math.max(rate, value);
                case PACKET_INTERVAL -> packetInterval = value;
                case PACKET_SPACE -> packetSpace = value;
                case TIME_INTERVAL -> timeInterval = value;
                case TIME_SPACE -> timeSpace = value;
                case SIZE -> size = value;
                case POPULATION -> population = value;
                case PROBABILITY -> probability = floating(value, length);
                case SYSTEM_INIT_TIME -> domain.bootNanos = bootNanos(value);
                default -> {
                    // names and the like
                }
            }
        }
        int told = 0;
        if (rate != ABSENT) {
            told = Counts.rate(rate);
        } else if (packetInterval != ABSENT || packetSpace != ABSENT) {
            told = Counts.rate(Math.max(packetInterval, 0), packetSpace != ABSENT, packetSpace);
        } else if (size > 0 && population > 0) {
            told = Counts.rate(Math.max(population / size, 1));
        } else if (probability > 0 && probability <= 1) {
            told = Counts.rate(Math.round(1 / probability));
        } else if (timeInterval > 0 && timeSpace != ABSENT) {
            told = Counts.rate(timeInterval, true, timeSpace);
        }
        if (told == 0 || isOfPart) {
            return;
        }
        domain.sampling.put(key(sampler, ingress, lineCard), told);
    }

    private static long key(long sampler, long ingress, long lineCard) {
        if (sampler != ABSENT) {
            return SamplingRates.key(SamplingRates.SAMPLER, sampler);
        }
        if (ingress != ABSENT) {
            return SamplingRates.key(SamplingRates.INTERFACE, ingress);
        }
        return lineCard != ABSENT
                ? SamplingRates.key(SamplingRates.LINE_CARD, lineCard)
                : SamplingRates.key(SamplingRates.SYSTEM, 0);
    }

    private static double floating(long bits, int length) {
        return switch (length) {
            case Float.BYTES -> Float.intBitsToFloat((int) bits);
            case Double.BYTES -> Double.longBitsToDouble(bits);
            default -> 0;
        };
    }

    private static long bootNanos(long milliseconds) {
        return milliseconds <= 0 || milliseconds > Long.MAX_VALUE / 4_000_000 ? 0 : milliseconds * 1_000_000;
    }
}
