package levee.domain;

import java.util.Arrays;

/** Grows a forest by gradient boosting on the logistic loss (Friedman 2001). */
final class ForestTrainer {
    private static final int MOST_BINS = 48;
    private static final double RATE = 0.15;
    private static final double PENALTY = 2;
    private static final double DECIBANS_PER_NAT = 10 / Math.log(10);

    private final float[][] borders = new float[NameFeatures.COUNT][];
    private final byte[][] bins = new byte[NameFeatures.COUNT][];
    private final boolean[] isGenerated;
    private final double[] weights;
    private final int samples;

    /**
     * @param values features by sample
     * @param weights of the samples, 1 on the average
     */
    ForestTrainer(float[][] values, boolean[] isGenerated, double[] weights) {
        samples = values.length;
        this.isGenerated = isGenerated;
        this.weights = weights;
        for (int feature = 0; feature < NameFeatures.COUNT; feature++) {
            float[] column = new float[samples];
            for (int i = 0; i < samples; i++) {
                column[i] = values[i][feature];
            }
            float[] sorted = column.clone();
            Arrays.sort(sorted);
            float[] found = new float[MOST_BINS];
            int count = 0;
            for (int bin = 1; bin < MOST_BINS; bin++) {
                int at = (int) ((long) samples * bin / MOST_BINS);
                // Between two values, so that rounding elsewhere changes nothing.
                int next = at;
                while (next < samples && sorted[next] == sorted[at]) {
                    next++;
                }
                if (next < samples) {
                    float border = (sorted[at] + sorted[next]) / 2;
                    if (count == 0 || border > found[count - 1]) {
                        found[count++] = border;
                    }
                }
            }
            borders[feature] = Arrays.copyOf(found, count);
            bins[feature] = new byte[samples];
            for (int i = 0; i < samples; i++) {
                int bin = 0;
                while (bin < count && column[i] > found[bin]) {
                    bin++;
                }
                bins[feature][i] = (byte) bin;
            }
        }
    }

    NameForest grow(int trees) {
        double[] scores = new double[samples];
        float[] gradients = new float[samples];
        float[] curvatures = new float[samples];
        byte[] leafOf = new byte[samples];
        byte[] features = new byte[trees * NameForest.FLOORS];
        float[] treeBorders = new float[trees * NameForest.FLOORS];
        float[] leaves = new float[trees * NameForest.LEAVES];
        for (int tree = 0; tree < trees; tree++) {
            for (int i = 0; i < samples; i++) {
                double p = 1 / (1 + Math.exp(-scores[i]));
                gradients[i] = (float) (weights[i] * ((isGenerated[i] ? 1 : 0) - p));
                curvatures[i] = (float) (weights[i] * p * (1 - p));
            }
            Arrays.fill(leafOf, (byte) 0);
            for (int floor = 0; floor < NameForest.FLOORS; floor++) {
                int question = tree * NameForest.FLOORS + floor;
                int[] best = bestSplit(gradients, curvatures, leafOf, 1 << floor);
                features[question] = (byte) best[0];
                treeBorders[question] = borders[best[0]][best[1]];
                byte[] column = bins[best[0]];
                for (int i = 0; i < samples; i++) {
                    leafOf[i] |= (byte) (column[i] > best[1] ? 1 << floor : 0);
                }
            }
            double[] gradient = new double[NameForest.LEAVES];
            double[] curvature = new double[NameForest.LEAVES];
            for (int i = 0; i < samples; i++) {
                gradient[leafOf[i]] += gradients[i];
                curvature[leafOf[i]] += curvatures[i];
            }
            double[] steps = new double[NameForest.LEAVES];
            for (int leaf = 0; leaf < NameForest.LEAVES; leaf++) {
                steps[leaf] = RATE * gradient[leaf] / (curvature[leaf] + PENALTY);
                leaves[tree * NameForest.LEAVES + leaf] = (float) (steps[leaf] * DECIBANS_PER_NAT);
            }
            for (int i = 0; i < samples; i++) {
                scores[i] += steps[leafOf[i]];
            }
        }
        return new NameForest(features, treeBorders, leaves);
    }

    /** The feature and the bin whose question splits the leaves best. */
    private int[] bestSplit(float[] gradients, float[] curvatures, byte[] leafOf, int leaves) {
        int[] best = new int[2];
        double most = -1;
        double[] gradient = new double[leaves * MOST_BINS];
        double[] curvature = new double[leaves * MOST_BINS];
        for (int feature = 0; feature < NameFeatures.COUNT; feature++) {
            if (borders[feature].length == 0) {
                continue;
            }
            Arrays.fill(gradient, 0);
            Arrays.fill(curvature, 0);
            byte[] column = bins[feature];
            for (int i = 0; i < samples; i++) {
                int at = leafOf[i] * MOST_BINS + column[i];
                gradient[at] += gradients[i];
                curvature[at] += curvatures[i];
            }
            double[] gains = new double[borders[feature].length];
            for (int leaf = 0; leaf < leaves; leaf++) {
                double allGradient = 0;
                double allCurvature = 0;
                for (int bin = 0; bin <= gains.length; bin++) {
                    allGradient += gradient[leaf * MOST_BINS + bin];
                    allCurvature += curvature[leaf * MOST_BINS + bin];
                }
                double belowGradient = 0;
                double belowCurvature = 0;
                for (int bin = 0; bin < gains.length; bin++) {
                    belowGradient += gradient[leaf * MOST_BINS + bin];
                    belowCurvature += curvature[leaf * MOST_BINS + bin];
                    double aboveGradient = allGradient - belowGradient;
                    double aboveCurvature = allCurvature - belowCurvature;
                    gains[bin] += belowGradient * belowGradient / (belowCurvature + PENALTY)
                            + aboveGradient * aboveGradient / (aboveCurvature + PENALTY);
                }
            }
            for (int bin = 0; bin < gains.length; bin++) {
                if (gains[bin] > most) {
                    most = gains[bin];
                    best[0] = feature;
                    best[1] = bin;
                }
            }
        }
        return best;
    }
}
