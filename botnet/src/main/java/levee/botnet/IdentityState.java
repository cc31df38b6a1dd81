package levee.botnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.model.InfectedHost.Identity;

/** Who had a host's address, the last few times that it was lent. */
final class IdentityState {
    private static final int KEPT = 4;

    private final List<Identity> identities = new ArrayList<>(1);

    /** @param leaseSeconds how long the address was lent for; 0 where that is not known */
    void lent(long nanos, long leaseSeconds, String hardwareAddress, String name) {
        Instant from = Instant.ofEpochSecond(0, nanos);
        Instant to = from.plusSeconds(leaseSeconds);
        int last = identities.size() - 1;
        if (last >= 0 && identities.get(last).hardwareAddress().equals(hardwareAddress)) {
            Identity known = identities.get(last);
            Instant later = known.to().isAfter(to) ? known.to() : to;
            identities.set(
                    last, new Identity(known.from(), later, hardwareAddress, name.isEmpty() ? known.name() : name));
            return;
        }
        if (identities.size() == KEPT) {
            identities.removeFirst();
        }
        identities.add(new Identity(from, to, hardwareAddress, name));
    }

    List<Identity> list() {
        return List.copyOf(identities);
    }
}
