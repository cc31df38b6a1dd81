package levee.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import levee.alert.Channel;
import levee.alert.InfectedHostAlerts;
import levee.archive.ArchiveLimits;
import levee.attack.DetectionSettings;
import levee.botnet.AbuseSettings;
import levee.flowexport.KnownExporter;
import levee.model.OwnNetworks;
import levee.server.AccessToken;
import levee.server.SettingInForce;
import levee.server.Transport;
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
 * @param detection own networks, groups and what else changes what is alarmed
 * @param bots what changes what infected hosts and other abuse are told of
 * @param mode whether people are told of attacks, or only what they would be told
 * @param onlyKnown whether datagrams of exporters that are not listed are refused
 * @param alerts where attacks are told of
 * @param infectedHosts of which infected hosts people are told there
 * @param captures FIFOs from which packets are read, or {@code -}
 * @param inForce each setting with where it is from, for people
 * @param names by which browsers may call the server, besides {@code localhost} and addresses
 * @param signIn how people sign in who do not show a token
 * @param transport how what is said over HTTP stays between the two who say it
 * @param archive how much of all flows is kept; nothing where absent
 */
record ServeSettings(
        Path data,
        Optional<String> store,
        InetSocketAddress web,
        List<InetSocketAddress> flows,
        List<InetSocketAddress> copies,
        DetectionSettings detection,
        BotSettings bots,
        Mode mode,
        List<KnownExporter> exporters,
        boolean onlyKnown,
        List<String> names,
        List<AccessToken> tokens,
        SignInSettings signIn,
        Transport transport,
        List<Channel> alerts,
        InfectedHostAlerts infectedHosts,
        Retention retention,
        List<String> captures,
        Optional<ArchiveLimits> archive,
        List<SettingInForce> inForce) {
    ServeSettings {
        flows = List.copyOf(flows);
        copies = List.copyOf(copies);
        exporters = List.copyOf(exporters);
        names = List.copyOf(names);
        tokens = List.copyOf(tokens);
        alerts = List.copyOf(alerts);
        captures = List.copyOf(captures);
        inForce = List.copyOf(inForce);
    }

    /** These, but as before what only a restart can change. */
    ServeSettings keepingWhatIsFixed(ServeSettings before) {
        return new ServeSettings(
                before.data,
                before.store,
                before.web,
                before.flows,
                before.copies,
                detection,
                new BotSettings(before.bots.enabled(), bots.allowed(), bots.indicators()),
                mode,
                exporters,
                before.onlyKnown,
                names,
                tokens,
                signIn,
                Reload.keepingKind(before.transport, transport),
                alerts,
                infectedHosts,
                retention,
                before.captures,
                before.archive,
                SettingsInForce.keeping(before.inForce, inForce, Set.copyOf(Reload.needRestart(before, this))));
    }

    /** Whether the network is made up. */
    boolean isDrill() {
        return inForce.stream().anyMatch(setting -> setting.name().equals("drill"));
    }

    OwnNetworks networks() {
        return detection.networks();
    }

    /** What changes which abuse is told of; absent where none is looked for. */
    Optional<AbuseSettings> abuse() {
        return bots.enabled()
                ? Optional.of(new AbuseSettings(
                        networks(),
                        detection.groups(),
                        bots.allowed(),
                        bots.indicators().allowing(bots.allowed()),
                        detection.edges()))
                : Optional.empty();
    }
}
