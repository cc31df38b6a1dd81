package levee.attack;

import java.util.Arrays;
import java.util.List;
import levee.model.Attack;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Finds the attacks on the destination of a row, by a look for each prefix length that is attacked, however many attacks
 * there are.
 */
public final class AttackIndex {
    /** No further attack. */
    public static final int NONE = -1;

    private final List<AttackMatcher> matchers;
    private final long seed;

    /** By attack: its target, with the prefix length of 128. */
    private final long[] high;

    private final long[] low;
    private final int[] bits;

    /** By attack: the next one on the same target. */
    private final int[] nextOnTarget;

    /** The prefix lengths that occur, the longest first. */
    private final int[] lengths;

    /** The first attack on each target, by a hash of that; at most a quarter is filled. */
    private final int[] heads;

    /** @param seed of the hashes, so that nobody outside can choose targets that collide */
    public AttackIndex(List<Attack> attacks, long seed) {
        matchers = attacks.stream().map(AttackMatcher::new).toList();
        this.seed = seed;
        int size = attacks.size();
        high = new long[size];
        low = new long[size];
        bits = new int[size];
        nextOnTarget = new int[size];
        heads = new int[Integer.highestOneBit(Math.max(1, size)) * 8];
        Arrays.fill(heads, NONE);
        for (int i = 0; i < size; i++) {
            Prefix target = attacks.get(i).target();
            bits[i] = target.length() + 128 - target.address().bits();
            high[i] = target.address().high() & Prefix.highMask(bits[i]);
            low[i] = target.address().low() & Prefix.lowMask(bits[i]);
            int slot = slot(high[i], low[i], bits[i]);
            nextOnTarget[i] = heads[slot];
            heads[slot] = i;
        }
        lengths = Arrays.stream(bits)
                .map(length -> -length)
                .sorted()
                .distinct()
                .map(length -> -length)
                .toArray();
    }

    private int slot(long targetHigh, long targetLow, int targetBits) {
        int slot = (int) Hashing.hash(seed, targetHigh, targetLow, targetBits) & heads.length - 1;
        while (heads[slot] != NONE && !isOn(heads[slot], targetHigh, targetLow, targetBits)) {
            slot = slot + 1 & heads.length - 1;
        }
        return slot;
    }

    private boolean isOn(int attack, long targetHigh, long targetLow, int targetBits) {
        return bits[attack] == targetBits && low[attack] == targetLow && high[attack] == targetHigh;
    }

    /** The first attack on the destination of a row, as an index in the list that was given, or {@link #NONE}. */
    public int first(FlowBatch batch, int row) {
        return firstOfLength(batch, row, 0);
    }

    /** The attack on the destination of a row that comes after another one, or {@link #NONE}. */
    public int next(FlowBatch batch, int row, int attack) {
        if (nextOnTarget[attack] != NONE) {
            return nextOnTarget[attack];
        }
        int length = 0;
        while (lengths[length] != bits[attack]) {
            length++;
        }
        return firstOfLength(batch, row, length + 1);
    }

    private int firstOfLength(FlowBatch batch, int row, int from) {
        boolean isIpv4 = IpAddress.isIpv4(batch.destinationHigh[row], batch.destinationLow[row]);
        // No prefix of IPv6, not even ::/0, holds hosts of IPv4.
        int shortest = isIpv4 ? 96 : 0;
        for (int i = from; i < lengths.length && lengths[i] >= shortest; i++) {
            long targetHigh = batch.destinationHigh[row] & Prefix.highMask(lengths[i]);
            long targetLow = batch.destinationLow[row] & Prefix.lowMask(lengths[i]);
            int attack = heads[slot(targetHigh, targetLow, lengths[i])];
            if (attack != NONE) {
                return attack;
            }
        }
        return NONE;
    }

    public AttackMatcher matcher(int attack) {
        return matchers.get(attack);
    }
}
