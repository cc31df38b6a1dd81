package levee.botnet;

/** Which services a host looked for on how many others, for the few services it failed most often with. */
final class SweepState {
    static final int SERVICES = 6;

    final Service[] services = new Service[SERVICES];

    /** First contacts with one service: a port and a protocol, or a type of ICMP. */
    static final class Service {
        int port;
        int protocol;

        /** The sequential test's sum, in natural logarithms. */
        double suspicion;

        int failed;
        int refused;
        int answered;

        /** Of which nobody knows what became. */
        int unknown;

        /** Of the failed and unknown, those within the own networks. */
        int inside;

        /** Which of 64 classes of networks (/16, /32) were tried. */
        long networks;

        long firstNanos;
        long lastNanos;
        final Examples examples = new Examples();

        void clear(int newPort, int newProtocol, long nanos) {
            port = newPort;
            protocol = newProtocol;
            suspicion = 0;
            failed = 0;
            refused = 0;
            answered = 0;
            unknown = 0;
            inside = 0;
            networks = 0;
            firstNanos = nanos;
            lastNanos = nanos;
            examples.clear();
        }

        int tried() {
            return failed + answered + unknown;
        }
    }

    long lastNanos() {
        long last = Long.MIN_VALUE;
        for (Service service : services) {
            last = service == null ? last : Math.max(last, service.lastNanos);
        }
        return last;
    }

    /** The place of a service, a free one for a new one, or that of the one that failed least. */
    Service find(int port, int protocol, long nanos, long staleNanos) {
        int chosen = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < SERVICES; i++) {
            Service service = services[i];
            if (service == null) {
                services[i] = new Service();
                services[i].clear(port, protocol, nanos);
                return services[i];
            }
            if (service.port == port && service.protocol == protocol) {
                if (nanos - service.lastNanos > staleNanos) {
                    service.clear(port, protocol, nanos);
                }
                return service;
            }
            int worth = nanos - service.lastNanos > staleNanos ? -1 : service.failed + service.unknown / 2;
            if (worth < least) {
                least = worth;
                chosen = i;
            }
        }
        services[chosen].clear(port, protocol, nanos);
        return services[chosen];
    }
}
