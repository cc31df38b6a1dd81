package levee.drill;

import java.time.Duration;
import levee.model.AttackVector;
import levee.model.Prefix;

/** Small scenarios. */
final class Scenarios {
    static final Prefix VICTIM = Prefix.parse("10.16.0.20");
    static final Prefix VICTIM_V6 = Prefix.parse("fd00:16::14");

    private Scenarios() {}

    /** A few seconds with little traffic. */
    static Scenario quiet(long seed) {
        return Scenario.ordinary(seed).withSize(300, 20).lasting(Duration.ofSeconds(5));
    }

    static boolean fits(AttackVector vector, boolean ipv6) {
        return vector != (ipv6 ? AttackVector.ICMP_FLOOD : AttackVector.ICMPV6_FLOOD);
    }

    /** An attack of a second. */
    static PlannedAttack brief(AttackVector vector, boolean ipv6) {
        return PlannedAttack.of(vector)
                .at(Duration.ofSeconds(1))
                .lasting(Duration.ofSeconds(1))
                .atRate(300)
                .on(ipv6 ? VICTIM_V6 : VICTIM);
    }

    /** Every vector over both families. */
    static Scenario everyVector(long seed) {
        Scenario scenario = quiet(seed);
        for (AttackVector vector : AttackVector.values()) {
            for (boolean ipv6 : new boolean[] {false, true}) {
                if (fits(vector, ipv6)) {
                    scenario = scenario.with(brief(vector, ipv6));
                }
            }
        }
        return scenario;
    }

    /** Every look-alike of attacks, a botnet, and attacks of every shape. */
    static Scenario everyKind(long seed) {
        Scenario scenario = quiet(seed)
                .lasting(Duration.ofSeconds(8))
                .with(new PlannedBotnet(3, Duration.ZERO, Duration.ofSeconds(6)))
                .with(PlannedAttack.of(AttackVector.DNS_REFLECTION, AttackVector.TCP_SYN_FLOOD)
                        .at(Duration.ofSeconds(1))
                        .lasting(Duration.ofSeconds(6))
                        .atRate(300)
                        .shaped(new Shape.Pulses(Duration.ofSeconds(1), Duration.ofSeconds(2))))
                .with(PlannedAttack.of(AttackVector.UDP_FLOOD)
                        .at(Duration.ofSeconds(1))
                        .lasting(Duration.ofSeconds(6))
                        .atRate(500)
                        .shaped(new Shape.Ramp())
                        .on(true, true))
                .with(PlannedAttack.of(AttackVector.NTP_REFLECTION)
                        .at(Duration.ofSeconds(2))
                        .lasting(Duration.ofSeconds(3))
                        .atRate(300)
                        .on(false, true));
        for (LookAlikeKind kind : LookAlikeKind.ofAttacks()) {
            scenario = scenario.with(new PlannedLookAlike(kind, Duration.ofSeconds(2), Duration.ofSeconds(1)));
        }
        return scenario;
    }

    /** Every family of bots, and every look-alike of theirs. */
    static Scenario everyInfection(long seed) {
        Scenario scenario = quiet(seed).lasting(Duration.ofMinutes(2));
        for (BotFamily family : BotFamily.USUAL) {
            scenario = scenario.with(PlannedBots.of(family, 2));
        }
        for (LookAlikeKind kind : LookAlikeKind.ofInfections()) {
            if (kind != LookAlikeKind.BACKUP_UPLOAD) {
                scenario = scenario.with(new PlannedLookAlike(kind, Duration.ofSeconds(2), Duration.ofMinutes(2)));
            }
        }
        return scenario;
    }
}
