package levee.botnet;

import java.util.List;
import levee.model.Protocols;

/**
 * First contacts of a network outside with own hosts, or of many for one service.
 *
 * @param sources addresses; networks where many are told of together
 * @param source the only address; empty where there are more
 * @param wanted the services that were wanted most
 */
record Tries(long tries, long answered, long hosts, long ports, long sources, String source, List<String> wanted) {
    /** Whether the first contacts fail as those of scanners do. @param least how many must have failed */
    boolean fails(int least) {
        long failures = tries - answered;
        return failures >= least && failures - answered >= OutsideScanners.WALK;
    }

    /** A protocol and a port in one number. */
    static int service(int protocol, int port) {
        return (protocol & 0xff) << Character.SIZE | port;
    }

    static String nameOf(int service) {
        int protocol = service >>> Character.SIZE;
        String transport = Protocols.name(protocol);
        return Protocols.hasPorts(protocol) ? (service & 0xffff) + "/" + transport : transport;
    }
}
