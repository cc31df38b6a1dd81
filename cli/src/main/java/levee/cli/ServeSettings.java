package levee.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import levee.alert.Channel;
import levee.flowexport.KnownExporter;
import levee.model.OwnNetworks;
import levee.server.AccessToken;
import levee.store.Retention;
import levee.store.StoredFinding.Mode;

/**
 * How {@code levee serve} works.
 *
 * @param data the folder for what must survive a restart
 * @param store where findings are kept; a file in the folder where absent
 * @param web where the HTTP interface listens
 * @param flows where exporters send to
 * @param copies where each datagram is sent to as it came
 * @param mode whether people are told of attacks, or only what they would be told
 * @param onlyKnown whether datagrams of exporters that are not listed are refused
 * @param alerts where attacks are told of
 * @param captures FIFOs from which packets are read, or {@code -}
 * @param names by which browsers may call the server, besides {@code localhost} and addresses
 */
record ServeSettings(
        Path data,
        Optional<String> store,
        InetSocketAddress web,
        List<InetSocketAddress> flows,
        List<InetSocketAddress> copies,
        OwnNetworks networks,
        Mode mode,
        List<KnownExporter> exporters,
        boolean onlyKnown,
        List<String> names,
        List<AccessToken> tokens,
        List<Channel> alerts,
        Retention retention,
        List<String> captures) {
    ServeSettings {
        flows = List.copyOf(flows);
        copies = List.copyOf(copies);
        exporters = List.copyOf(exporters);
        names = List.copyOf(names);
        tokens = List.copyOf(tokens);
        alerts = List.copyOf(alerts);
        captures = List.copyOf(captures);
    }
}
