package levee.sharing;

import java.util.List;
import java.util.stream.IntStream;
import levee.model.Attack;
import levee.model.Attack.SampledRow;
import levee.model.Attack.VectorShare;

/**
 * Counts what an attack consists of, vector by vector, for its fingerprint: from all rows in a second look at the inputs,
 * or from the samples in the finding where that is not possible.
 */
public final class AttackCounter {
    /** Source addresses of all vectors of all attacks together that are told apart. */
    private static final int MOST_SOURCES = 1_000_000;

    /** Different names, paths and user agents of all vectors of all attacks together. */
    private static final int MOST_NAMES = 100_000;

    private final Attack attack;
    private final boolean sampled;
    private final List<VectorCounter> vectors;

    private AttackCounter(Attack attack, boolean sampled, EntryBudget budget, EntryBudget names) {
        this.attack = attack;
        this.sampled = sampled;
        vectors = attack.vectors().stream()
                .map(share -> new VectorCounter(share.vector(), budget, names))
                .toList();
    }

    /** Counters that are still empty, one for each attack in the given order. */
    public static List<AttackCounter> ofRows(List<Attack> attacks) {
        EntryBudget budget = new EntryBudget(MOST_SOURCES);
        EntryBudget names = new EntryBudget(MOST_NAMES);
        return attacks.stream()
                .map(attack -> new AttackCounter(attack, false, budget, names))
                .toList();
    }

    /** Counters that hold what the samples in the findings show. */
    public static List<AttackCounter> ofSamples(List<Attack> attacks) {
        EntryBudget budget = new EntryBudget(MOST_SOURCES);
        return attacks.stream().map(attack -> ofSample(attack, budget)).toList();
    }

    private static AttackCounter ofSample(Attack attack, EntryBudget budget) {
        AttackCounter counter = new AttackCounter(attack, true, budget, new EntryBudget(0));
        for (int i = 0; i < attack.vectors().size(); i++) {
            for (SampledRow row : attack.vectors().get(i).sample().rows()) {
                counter.add(i, new SampleObservation(row));
            }
        }
        return counter;
    }

    /**
     * Counts a row.
     *
     * @param vector index in {@link Attack#vectors()}
     */
    public void add(int vector, Observation row) {
        vectors.get(vector).add(row);
    }

    /** Takes back a packet that a later row of the same source shows to be none of the attack's. */
    public void takeBack(int vector, Observation row) {
        vectors.get(vector).takeBack(row);
    }

    public Attack attack() {
        return attack;
    }

    /** Whether only samples were counted. */
    boolean sampled() {
        return sampled;
    }

    VectorShare share(int vector) {
        return attack.vectors().get(vector);
    }

    VectorCounter vector(int vector) {
        return vectors.get(vector);
    }

    /** The indexes of the vectors of which something was counted. */
    List<Integer> seen() {
        return IntStream.range(0, vectors.size())
                .filter(i -> !vectors.get(i).isEmpty())
                .boxed()
                .toList();
    }

    /** Packets of a vector: counted, or reckoned from its share where there are only samples. */
    long packets(int vector) {
        return sampled
                ? Math.round(attack.total().packets() * share(vector).packetShare())
                : vectors.get(vector).packets();
    }

    /** Bytes of a vector, IP length, as {@link #packets}. */
    long bytes(int vector) {
        return sampled
                ? Math.round(attack.total().bytes() * share(vector).byteShare())
                : vectors.get(vector).bytes();
    }

    /** How many different addresses the whole attack came from. */
    long sourceCount() {
        if (sampled || !hasAllSources()) {
            return Math.max(attack.sources().distinct().value(), union());
        }
        return union();
    }

    private long union() {
        if (vectors.size() == 1) {
            return vectors.get(0).sourceCount();
        }
        AddressTable all = new AddressTable(new EntryBudget(MOST_SOURCES));
        vectors.forEach(vector -> vector.addSourcesTo(all));
        return all.size();
    }

    private boolean hasAllSources() {
        return vectors.stream().allMatch(VectorCounter::hasAllSources);
    }

    /** Whether {@link #sourceCount} is exact. */
    boolean sourceCountIsExact() {
        return sampled ? attack.sources().distinct().exact() : hasAllSources();
    }
}
