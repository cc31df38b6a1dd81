package levee.logs;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** Lines of one of Zeek's logs of what applications said; each becomes one event, or two. */
abstract class ZeekEvents implements RecordFormat {
    /** Numbers of the fields that all such logs have. */
    static final int TIME = 0;

    static final int INITIATOR = 1;
    static final int INITIATOR_PORT = 2;
    static final int RESPONDER = 3;
    static final int RESPONDER_PORT = 4;

    /** The number of the first field of a log's own. */
    static final int OWN = 5;

    private static final List<String> COMMON = List.of("ts", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p");

    final Ends ends = new Ends();

    /** The fields of the line; those that become texts are looked at when the event is written. */
    Fields fields = new Fields(0, Escapes.ZEEK);

    private final int protocol;

    /** @param protocol what carries this application */
    ZeekEvents(int protocol) {
        this.protocol = protocol;
    }

    /**
     * The schema of a log.
     *
     * @param own names of fields that it has beside the common ones
     * @param typical names of those that no other log has
     * @param lists names of those that hold several values
     */
    static Schema schema(List<String> own, List<String> typical, List<String> lists) {
        return schema(own, List.of(), typical, lists);
    }

    /** @param required names of those without which a line is no record */
    static Schema schema(List<String> own, List<String> required, List<String> typical, List<String> lists) {
        List<String> names = Stream.concat(COMMON.stream(), own.stream()).toList();
        List<Integer> needed = Stream.concat(Stream.of(TIME, INITIATOR, RESPONDER), numbers(names, required).stream())
                .toList();
        return new Schema(names, needed, numbers(names, typical), numbers(names, lists));
    }

    static List<Integer> numbers(List<String> names, List<String> some) {
        return IntStream.range(0, names.size())
                .filter(i -> some.contains(names.get(i)))
                .boxed()
                .toList();
    }

    @Override
    public boolean read(Fields line, SourceStatistics statistics) {
        statistics.events++;
        fields = line;
        ends.clear();
        ends.protocol = protocol;
        boolean readable = readEnds() && readOwn();
        if (!readable) {
            statistics.rejections.count(RejectionReason.UNREADABLE_FIELD);
        }
        return readable;
    }

    /** Reads time and ends; false if they are unreadable. */
    boolean readEnds() {
        long initiatorPort = fields.port(INITIATOR_PORT);
        long responderPort = fields.port(RESPONDER_PORT);
        ends.nanos = fields.instant(TIME);
        ends.initiatorPort = (int) Math.max(initiatorPort, 0);
        ends.responderPort = (int) Math.max(responderPort, 0);
        return Math.min(Math.min(initiatorPort, responderPort), ends.nanos) != Numbers.UNREADABLE
                && fields.readInitiator(INITIATOR, ends)
                && fields.readResponder(RESPONDER, ends);
    }

    /** Reads more of the ends, where the log says more of them. */
    boolean readOwn() {
        return true;
    }

    @Override
    public long startNanos() {
        return ends.nanos;
    }

    @Override
    public long endNanos() {
        return ends.nanos;
    }

    @Override
    public FirstRecord identity() {
        return ends.identity();
    }
}
