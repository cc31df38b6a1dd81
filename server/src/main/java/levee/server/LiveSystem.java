package levee.server;

import java.util.List;
import java.util.Optional;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.model.Finding;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;

/**
 * What the server asks the running detection. Called from many threads, at the rate of requests: an implementation
 * answers at once from what it knows, without waiting for the detectors.
 */
public interface LiveSystem {

    /** Every exporter that is known now, in any order. */
    List<ExporterStatistics> exporters();

    /**
     * What the sFlow agents of an exporter counted at their interfaces, in any order.
     *
     * @param exporter its {@link ExporterStatistics#index}
     */
    List<InterfaceCounters> interfaces(int exporter);

    LiveStatistics statistics();

    /** What each entry of the allow list spared, so that one that hides an attack is seen. */
    List<SparedTraffic> spared();

    /** The settings in force, in the order in which people read them. */
    List<SettingInForce> settings();

    /**
     * Why telemetry cannot be received now, a sentence each, such as {@code nothing listens on UDP port 2055: address
     * in use}; empty where all collectors are bound and the detectors run.
     */
    List<String> obstacles();

    /** The networks of the groups with this customer; none where no group has it. */
    List<Prefix> networksOf(String customer);

    /** What was learned of ordinary traffic. */
    LearningReport learning();

    /** Every finding that goes on, in any order. */
    List<OpenFinding> open();

    /**
     * A finding with all its sampled rows, as long as it is still in memory, which may be for some time after it ended; the
     * store keeps only excerpts.
     *
     * @param id of the finding
     */
    Optional<Finding> finding(String id);

    /** Who sends and receives how much now. */
    Talkers talkers();

    /**
     * What is known of the traffic of an address. Where flows are archived this reads files, within limits of time and
     * amount, and so may take a moment.
     *
     * @return empty if it is not an own address, and nothing is archived that would tell of it
     */
    Optional<HostTraffic> host(IpAddress address);
}
