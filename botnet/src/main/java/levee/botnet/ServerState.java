package levee.botnet;

import java.util.ArrayList;
import java.util.List;

/** The servers to which a host comes back. */
final class ServerState {
    /** Of a host; those that mean least are let go. */
    static final int MOST = 512;

    final List<Pair> pairs = new ArrayList<>(2);

    void add(Pair pair) {
        if (pairs.size() == MOST) {
            int least = 0;
            for (int i = 1; i < pairs.size(); i++) {
                if (pairs.get(i).interest < pairs.get(least).interest
                        || pairs.get(i).interest == pairs.get(least).interest
                                && pairs.get(i).attempts < pairs.get(least).attempts) {
                    least = i;
                }
            }
            pairs.remove(least).isListed = false;
        }
        pair.isListed = true;
        pairs.add(pair);
    }
}
