package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import levee.model.Attack;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;

class AttackIndexTest {
    private static final String[] ADDRESSES = {"10.0.0.1", "10.0.0.2", "10.0.1.1", "2001:db8::1", "2001:db8:0:1::", "::"
    };

    /** The attacks that it finds are those whose targets hold the destination. */
    @Test
    void findsWhatALookAtEveryAttackFinds() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            List<Attack> attacks = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                IpAddress address = IpAddress.parse(ADDRESSES[random.nextInt(ADDRESSES.length)]);
                int[] lengths = {0, 8, 24, address.bits() - 1, address.bits()};
                attacks.add(on(new Prefix(address, lengths[random.nextInt(lengths.length)])));
            }
            AttackIndex index = new AttackIndex(attacks, random.nextLong());
            for (String text : ADDRESSES) {
                IpAddress destination = IpAddress.parse(text);
                assertThat(found(index, destination))
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, attacks.size())
                                .filter(i -> attacks.get(i).target().contains(destination.high(), destination.low()))
                                .boxed()
                                .toList());
            }
        }
    }

    private static List<Integer> found(AttackIndex index, IpAddress destination) {
        FlowBatch batch = new FlowBatch(1);
        batch.destinationHigh[0] = destination.high();
        batch.destinationLow[0] = destination.low();
        List<Integer> found = new ArrayList<>();
        for (int i = index.first(batch, 0); i != AttackIndex.NONE; i = index.next(batch, 0, i)) {
            found.add(i);
        }
        return found;
    }

    private static Attack on(Prefix target) {
        Instant time = Instant.EPOCH;
        return new Attack(
                "attack",
                Attack.State.ENDED,
                Attack.Direction.INBOUND,
                target,
                List.of(),
                time,
                time,
                1,
                Attack.Visibility.ONE_WAY,
                new Attack.Sampling(1, 1),
                List.of(),
                new Attack.Peak(1, 1),
                Attack.Volume.NONE,
                Attack.Volume.NONE,
                new Attack.Sources(
                        new Attack.Count(1, true),
                        new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of()),
                        List.of()),
                List.of(),
                new Attack.Timeline(time, Duration.ZERO, Map.of(), List.of()),
                Attack.Sample.NONE,
                List.of());
    }
}
