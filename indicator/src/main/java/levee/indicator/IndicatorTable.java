package levee.indicator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import levee.model.AddressRanges;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * What is known to be bad, for looking up without allocating: addresses, with a port or without, prefixes, names, and
 * fingerprints of TLS. Does not change; of a new list a new table is made. Takes 11.75 bytes for each indicator but
 * prefixes, which take 16 (IPv6: 40). Asking for what is not there is answered wrongly with a probability below 10^-11, even
 * among ten million.
 *
 * <p>What an {@link AllowTable} names is never found.
 */
public final class IndicatorTable {
    /** Nothing matches. */
    public static final int NONE = -1;

    /** Nothing is bad. */
    public static final IndicatorTable EMPTY = new Builder(0).build();

    /** Different indicators that a number of two bytes can tell apart. */
    private static final int MOST_SOURCES = 1 << 16;

    private final KeyTable addresses;
    private final boolean hasPorts;
    private final AddressRanges prefixes;
    private final boolean hasPrefixes;
    private final KeyTable names;
    private final KeyTable fingerprints;
    private final List<Indicator> indicators;
    private final int size;
    private final AllowTable allowed;

    private IndicatorTable(
            KeyTable addresses,
            boolean hasPorts,
            AddressRanges prefixes,
            KeyTable names,
            KeyTable fingerprints,
            List<Indicator> indicators,
            int size,
            AllowTable allowed) {
        this.addresses = addresses;
        this.hasPorts = hasPorts;
        this.prefixes = prefixes;
        hasPrefixes = !prefixes.isEmpty();
        this.names = names;
        this.fingerprints = fingerprints;
        this.indicators = indicators;
        this.size = size;
        this.allowed = allowed;
    }

    /** The same indicators, without what is allowed; costs nothing, so that it can be done while lists stay as they are. */
    public IndicatorTable allowing(AllowTable names) {
        return new IndicatorTable(addresses, hasPorts, prefixes, this.names, fingerprints, indicators, size, names);
    }

    /**
     * Looks up an address as in {@link IpAddress}: with this port, then of any port, then the most specific prefix.
     *
     * @param port of the address, 0 to 65,535
     * @return for {@link #indicator}, or {@link #NONE}
     */
    public int address(long high, long low, int port) {
        int found = NONE;
        if (addresses.size() > 0) {
            long key = Hashes.address(high, low);
            if (hasPorts) {
                found = addresses.find(key, Hashes.withPort(key, port));
            }
            if (found == NONE) {
                found = addresses.find(key, key);
            }
        }
        if (found == NONE && hasPrefixes) {
            found = prefixes.find(high, low);
        }
        return allowed(found, high, low);
    }

    private int allowed(int found, long high, long low) {
        return found == NONE || allowed.allowsAddress(high, low) ? NONE : found;
    }

    /**
     * Reads what {@link #address} will need first, so that it is at hand then: where there are millions of indicators, waiting for
     * memory is what takes the time, and a processor waits for a dozen at once. What is returned means nothing.
     */
    public long fetch(long high, long low) {
        return addresses.filter(Hashes.address(high, low));
    }

    /**
     * Looks up a name: itself, then the longest name that it is below.
     *
     * @param name holds the name, in capitals or small letters, with a dot at its end or without
     * @param start of the name
     * @param end behind the name
     * @return for {@link #indicator}, or {@link #NONE}
     */
    public int name(byte[] name, int start, int end) {
        int found = Names.find(names, name, start, end);
        return found == NONE || allowed.allowsName(name, start, end) ? NONE : found;
    }

    /**
     * Looks up a fingerprint.
     *
     * @param kind {@link IndicatorKind#JA3}, {@link IndicatorKind#JA4} or {@link IndicatorKind#CERTIFICATE}
     * @return for {@link #indicator}, or {@link #NONE}
     */
    public int fingerprint(IndicatorKind kind, byte[] text, int start, int end) {
        if (fingerprints.size() == 0) {
            return NONE;
        }
        long key = Hashes.text(text, start, end, kind.ordinal());
        return fingerprints.find(key, key);
    }

    /**
     * What a match says.
     *
     * @param index what a look-up returned, not {@link #NONE}
     */
    public Indicator indicator(int index) {
        return indicators.get(index);
    }

    /** How many indicators there are; the same one of two lists counts once. */
    public int size() {
        return size;
    }

    /** What addresses, names and fingerprints take of the memory, in bytes. */
    public long bytes() {
        return addresses.bytes() + names.bytes() + fingerprints.bytes();
    }

    /** Takes indicators in any order; of the same one in several lists the first counts. */
    public static final class Builder {
        /** Shorter prefixes are mistakes: whole parts of the Internet. */
        private static final int SHORTEST_IPV4_PREFIX = 8;

        private static final int SHORTEST_IPV6_PREFIX = 16;

        private final int most;
        private final KeyTable.Builder addresses = new KeyTable.Builder();
        private final KeyTable.Builder names = new KeyTable.Builder();
        private final KeyTable.Builder fingerprints = new KeyTable.Builder();
        private final AddressRanges.Builder prefixes = new AddressRanges.Builder();
        private final List<Indicator> indicators = new ArrayList<>();
        private final Map<Indicator, Integer> indexes = new HashMap<>();
        private boolean hasPorts;
        private long leftOut;

        /** What was said last, which is mostly what is said next. */
        private Indicator last = new Indicator("", IndicatorKind.ADDRESS, "");

        private int lastIndex = NONE;

        /** @param most indicators to take; the rest is counted by {@link #leftOut} */
        public Builder(int most) {
            this.most = most;
        }

        /** How many it has taken. */
        public int size() {
            return addresses.size() + names.size() + fingerprints.size() + prefixes.size();
        }

        /** How many were too many. */
        public long leftOut() {
            return leftOut;
        }

        private boolean isFull() {
            if (size() >= most) {
                leftOut++;
                return true;
            }
            return false;
        }

        /** An address of any port. */
        public void addAddress(long high, long low, String list, String label) {
            if (!isFull()) {
                long key = Hashes.address(high, low);
                addresses.add(key, key, index(list, IndicatorKind.ADDRESS, label));
            }
        }

        /** @param port from 0 to 65,535 */
        public void addAddress(long high, long low, int port, String list, String label) {
            if (!isFull()) {
                long key = Hashes.address(high, low);
                addresses.add(Hashes.withPort(key, port), key, index(list, IndicatorKind.ADDRESS_AND_PORT, label));
                hasPorts = true;
            }
        }

        /** @return false for a prefix so short that it must be a mistake */
        public boolean addPrefix(Prefix prefix, String list, String label) {
            if (prefix.isHost()) {
                addAddress(prefix.address().high(), prefix.address().low(), list, label);
                return true;
            }
            if (prefix.length() < (prefix.address().isIpv4() ? SHORTEST_IPV4_PREFIX : SHORTEST_IPV6_PREFIX)) {
                return false;
            }
            if (!isFull()) {
                prefixes.add(prefix, index(list, IndicatorKind.PREFIX, label));
            }
            return true;
        }

        /**
         * A name.
         *
         * @param kind {@link IndicatorKind#NAME}, {@link IndicatorKind#NAME_AND_BELOW} or {@link IndicatorKind#URL_HOST}
         * @return false for what is no name of two labels and more
         */
        public boolean addName(IndicatorKind kind, byte[] name, int start, int end, String list, String label) {
            if (!Names.isName(name, start, end)) {
                return false;
            }
            if (!isFull()) {
                int way = kind == IndicatorKind.NAME_AND_BELOW ? Names.AND_BELOW : Names.ITSELF;
                long key = Hashes.text(name, start, end, way);
                names.add(key, key, index(list, kind, label));
            }
            return true;
        }

        /**
         * A fingerprint.
         *
         * @param kind {@link IndicatorKind#JA3}, {@link IndicatorKind#JA4} or {@link IndicatorKind#CERTIFICATE}
         */
        public void addFingerprint(IndicatorKind kind, byte[] text, int start, int end, String list, String label) {
            if (!isFull()) {
                long key = Hashes.text(text, start, end, kind.ordinal());
                fingerprints.add(key, key, index(list, kind, label));
            }
        }

        /** Where there are too many labels, the list is named without one. */
        private int index(String list, IndicatorKind kind, String label) {
            if (lastIndex != NONE
                    && last.kind() == kind
                    && last.list().equals(list)
                    && last.label().equals(label)) {
                return lastIndex;
            }
            Indicator indicator = new Indicator(list, kind, label);
            Integer known = indexes.get(indicator);
            if (known == null && indicators.size() < MOST_SOURCES - IndicatorKind.values().length) {
                known = indicators.size();
                indicators.add(indicator);
                indexes.put(indicator, known);
            }
            last = indicator;
            lastIndex = known != null ? known : withoutLabel(list, kind);
            return lastIndex;
        }

        private int withoutLabel(String list, IndicatorKind kind) {
            Indicator wanted = new Indicator(list, kind, "");
            Integer known = indexes.get(wanted);
            if (known != null) {
                return known;
            }
            Indicator shared = indicators.size() < MOST_SOURCES ? wanted : new Indicator("", kind, "");
            return indexes.computeIfAbsent(shared, added -> {
                indicators.add(added);
                return indicators.size() - 1;
            });
        }

        public IndicatorTable build() {
            KeyTable builtAddresses = addresses.build();
            KeyTable builtNames = names.build();
            KeyTable builtFingerprints = fingerprints.build();
            return new IndicatorTable(
                    builtAddresses,
                    hasPorts,
                    prefixes.build(),
                    builtNames,
                    builtFingerprints,
                    List.copyOf(indicators),
                    builtAddresses.size() + builtNames.size() + builtFingerprints.size() + prefixes.size(),
                    AllowTable.NOTHING);
        }
    }
}
