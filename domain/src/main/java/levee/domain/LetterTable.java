package levee.domain;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The costs of letters, compact: a byte for each three, and the fours that were seen often enough in a hash table. */
final class LetterTable implements Letters {
    private static final int THREES = SYMBOLS * SYMBOLS * SYMBOLS;
    private static final int SPREAD = 0x9e37_79b1;
    private static final int COST_BITS = 8;

    private final byte[] threes;

    /** The index of the four and its cost; 0 is empty. */
    private final int[] slots;

    private final int shift;

    private LetterTable(byte[] threes, int[] slots) {
        this.threes = threes;
        this.slots = slots;
        shift = Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    @Override
    public int three(int index) {
        return threes[index] & 0xff;
    }

    @Override
    public int four(int index) {
        int slot = index * SPREAD >>> shift;
        while (slots[slot] != 0) {
            if (slots[slot] >>> COST_BITS == index) {
                return slots[slot] & LARGEST_COST;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return UNKNOWN;
    }

    /** Writes these costs so that {@link #read} reads them. */
    static void write(Letters letters, DataOutputStream out) throws IOException {
        for (int i = 0; i < THREES; i++) {
            out.writeByte(letters.three(i));
        }
        int known = 0;
        for (int i = 0; i < THREES * SYMBOLS; i++) {
            known += letters.four(i) == UNKNOWN ? 0 : 1;
        }
        out.writeInt(known);
        int last = 0;
        for (int i = 0; i < THREES * SYMBOLS; i++) {
            int cost = letters.four(i);
            if (cost != UNKNOWN) {
                int step = i - last;
                while (step > 0x7f) {
                    out.writeByte(step & 0x7f | 0x80);
                    step >>>= 7;
                }
                out.writeByte(step);
                out.writeByte(cost);
                last = i;
            }
        }
    }

    static LetterTable read(DataInputStream in) throws IOException {
        byte[] threes = new byte[THREES];
        in.readFully(threes);
        int known = in.readInt();
        int[] slots = new int[Integer.highestOneBit(Math.max(2, known)) * 4];
        LetterTable table = new LetterTable(threes, slots);
        int index = 0;
        for (int i = 0; i < known; i++) {
            int step = 0;
            int next = in.readUnsignedByte();
            int bits = 0;
            while (next > 0x7f) {
                step |= (next & 0x7f) << bits;
                bits += 7;
                next = in.readUnsignedByte();
            }
            index += step | next << bits;
            int slot = index * SPREAD >>> table.shift;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = index << COST_BITS | in.readUnsignedByte();
        }
        return table;
    }
}
