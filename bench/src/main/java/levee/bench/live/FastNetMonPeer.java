package levee.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import levee.bench.live.ProcessUsage.Usage;
import levee.flowexport.ExportFormat;

/** FastNetMon, Community edition. Its ports are fixed, so it needs a network namespace of its own. */
final class FastNetMonPeer implements Peer {
    static final int NETFLOW_PORT = 2057;
    static final int SFLOW_PORT = 6343;

    private static final int METRICS_PORT = 9209;
    private static final long SETTLED_MILLIS = 1_500;

    private final ExportFormat format;
    private final Running running;
    private Counts before = new Counts(0, 0, 0, new Usage(0));

    private record Counts(long datagrams, long flows, long drops, Usage usage) {}

    FastNetMonPeer(ExportFormat format, Path folder) throws IOException, InterruptedException {
        this.format = format;
        // No host reaches this, so that nothing is banned.
        running = start(folder, Load.NETWORK, 2_000_000_000, folder.resolve("notify"));
    }

    /**
     * @param thresholdPacketsPerSecond from where on a host is banned
     * @param script is called at bans
     */
    static Running start(Path folder, String network, int thresholdPacketsPerSecond, Path script)
            throws IOException, InterruptedException {
        Path configuration = folder.resolve("fastnetmon.conf");
        Files.writeString(folder.resolve("networks"), network + "\n");
        Files.writeString(folder.resolve("whitelist"), "");
        Files.writeString(configuration, """
            disable_usage_report = on
            logging_level = info
            enable_ban = on
            process_incoming_traffic = on
            process_outgoing_traffic = on
            ban_details_records_count = 20
            ban_time = 30
            networks_list_path = %1$s/networks
            white_list_path = %1$s/whitelist
            check_period = 1
            enable_connection_tracking = on
            ban_for_pps = on
            ban_for_bandwidth = off
            ban_for_flows = off
            threshold_pps = %2$d
            average_calculation_time = 1
            speed_calculation_delay = 1
            netflow = on
            netflow_port = %3$d
            netflow_host = 127.0.0.1
            sflow = on
            sflow_port = %4$d
            sflow_host = 127.0.0.1
            monitor_local_ip_addresses = off
            notify_script_path = %5$s
            cli_stats_file_path = %1$s/fastnetmon.stats
            cli_stats_ipv6_file_path = %1$s/fastnetmon.stats6
            enable_api = off
            prometheus = on
            prometheus_port = %6$d
            prometheus_host = 127.0.0.1
            """.formatted(
                        folder, thresholdPacketsPerSecond, NETFLOW_PORT, SFLOW_PORT, script, METRICS_PORT));
        Running running = new Running(
                folder.resolve("fastnetmon.log"),
                List.of(
                        "fastnetmon",
                        "--configuration_file",
                        configuration.toString(),
                        "--log_to_console",
                        "--disable_pid_logic"));
        try {
            running.await("fastnetmon", () -> Web.get(METRICS_PORT, "/metrics").contains("netflow_v9_total_flows"));
        } catch (IOException e) {
            running.close();
            throw e;
        }
        return running;
    }

    @Override
    public String name() {
        return "fastnetmon";
    }

    @Override
    public int port() {
        return format == ExportFormat.SFLOW ? SFLOW_PORT : NETFLOW_PORT;
    }

    private Counts counts() throws IOException, InterruptedException {
        String metrics = Web.get(METRICS_PORT, "/metrics");
        boolean isSflow = format == ExportFormat.SFLOW;
        // Of sFlow it tells neither datagrams nor samples, but what became of them.
        return new Counts(
                isSflow ? 0 : Web.first(metrics, "\nfastnetmon_netflow_v9_total_packets "),
                Web.first(
                        metrics,
                        isSflow
                                ? "\nfastnetmon_total_simple_packets_processed "
                                : "\nfastnetmon_netflow_v9_total_flows "),
                ProcessUsage.drops(port()),
                ProcessUsage.of(running.process()));
    }

    @Override
    public void begin() throws IOException, InterruptedException {
        before = counts();
    }

    @Override
    public Received end() throws IOException, InterruptedException {
        Thread.sleep(SETTLED_MILLIS);
        Counts now = counts();
        return new Received(
                format == ExportFormat.SFLOW
                        ? OptionalLong.empty()
                        : OptionalLong.of(now.datagrams() - before.datagrams()),
                now.flows() - before.flows(),
                OptionalLong.empty(),
                now.drops() - before.drops(),
                now.usage().secondsSince(before.usage()));
    }

    @Override
    public void close() {
        running.close();
    }
}
