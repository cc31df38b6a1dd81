package levee.server;

import java.util.List;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.ExposedService;
import levee.model.InfectedHost;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/** The kinds that findings have. */
final class FindingKinds {
    static final List<String> ALL = List.of(
            "attack",
            InfectedHost.KIND,
            CommandServer.KIND,
            Botnet.KIND,
            Scanner.KIND,
            ExposedService.KIND,
            SpoofedTraffic.KIND);

    private FindingKinds() {}
}
