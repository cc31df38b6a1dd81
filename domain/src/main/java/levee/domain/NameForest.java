package levee.domain;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Trees that ask one question on each floor, so that the answers are the number of the leaf. What the leaves say adds up.
 *
 * @param features by tree and floor, which feature is asked about
 * @param borders by tree and floor, what the feature is compared with; more than that is a yes
 * @param leaves by tree, what each leaf says, in decibans
 */
record NameForest(byte[] features, float[] borders, float[] leaves) {
    static final int FLOORS = 5;
    static final int LEAVES = 1 << FLOORS;

    int trees() {
        return leaves.length / LEAVES;
    }

    float sum(float[] values) {
        float sum = 0;
        int trees = trees();
        for (int tree = 0, question = 0; tree < trees; tree++) {
            int leaf = 0;
            for (int floor = 0; floor < FLOORS; floor++, question++) {
                leaf |= values[features[question]] > borders[question] ? 1 << floor : 0;
            }
            sum += leaves[tree * LEAVES + leaf];
        }
        return sum;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(trees());
        out.write(features);
        for (float border : borders) {
            out.writeFloat(border);
        }
        for (float leaf : leaves) {
            out.writeFloat(leaf);
        }
    }

    static NameForest read(DataInputStream in) throws IOException {
        int trees = in.readInt();
        byte[] features = new byte[trees * FLOORS];
        in.readFully(features);
        float[] borders = new float[trees * FLOORS];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = in.readFloat();
        }
        float[] leaves = new float[trees * LEAVES];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = in.readFloat();
        }
        return new NameForest(features, borders, leaves);
    }
}
