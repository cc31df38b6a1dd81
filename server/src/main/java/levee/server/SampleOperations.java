package levee.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Finding;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.Store;
import levee.store.StoredFinding;

/**
 * The rows that a finding rests on, to be looked at elsewhere. Not as a capture: a row lacks most fields of a header
 * (identification, sequence numbers, window), and inventing them would put false marks of the attack into the hands of
 * somebody who looks for true ones.
 */
final class SampleOperations {
    private static final List<String> FORMATS = List.of("json", "csv");

    private final Store store;
    private final LiveSystem system;

    SampleOperations(Store store, LiveSystem system) {
        this.store = store;
        this.system = system;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.SAMPLE, Access.VIEWERS, List.of("format"), this::sample)
                .alsoForCustomers());
    }

    private void sample(Request request) throws IOException {
        StoredFinding stored = FindingOperations.find(store, request);
        if (request.query().text("format").filter("pcap"::equals).isPresent()) {
            throw Problem.parameter(
                            "A sample cannot be had as a capture: rows do not hold all of a packet's header.",
                            "Ask for one of: " + String.join(", ", FORMATS) + ".")
                    .exception();
        }
        String format = request.query().oneOf("format", FORMATS).orElse("json");
        SampledRows rows = rows(stored);
        request.context()
                .res()
                .setHeader("Content-Disposition", "attachment; filename=\"" + stored.id() + "-sample." + format + "\"");
        if (format.equals("csv")) {
            byte[] body = rows.csv().getBytes(StandardCharsets.US_ASCII);
            Answer.send(request.context(), 200, "text/csv; charset=us-ascii", body);
        } else {
            Answer.json(request.context(), rows.json(stored.id()));
        }
    }

    private SampledRows rows(StoredFinding stored) {
        Optional<Finding> live = system.finding(stored.id());
        if (live.isPresent()) {
            return switch (live.get()) {
                case Attack attack -> SampledRows.of(attack);
                case Abuse abuse -> SampledRows.ofExcerpt(Json.OWN.createObjectNode());
            };
        }
        return SampledRows.ofExcerpt(Json.OWN.readTree(stored.json()));
    }
}
