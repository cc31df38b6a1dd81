package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.temporal.ChronoUnit;
import java.util.List;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Attack.VectorShare;
import levee.model.InputSummary;
import levee.testing.RealData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real attacks, against what is known of them from elsewhere. */
final class AttackTruthTest {

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void exactlyTheAttackThatIsThere(Truth truth) {
        Attack attack = onlyAttack(truth);

        assertThat(attack.target()).hasToString(truth.target());
        assertThat(attack.vectors())
                .extracting(share -> share.vector().label())
                .containsExactlyInAnyOrderElementsOf(truth.vectors());
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void attackPacketsWithinOnePercent(Truth truth) {
        assertThat(onlyAttack(truth).total().packets()).isCloseTo(truth.packets(), withPercentage(1));
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void startAndEndWithinASecond(Truth truth) {
        Attack attack = onlyAttack(truth);

        assertThat(attack.start()).isCloseTo(truth.start(), within(1, ChronoUnit.SECONDS));
        assertThat(attack.end()).isCloseTo(truth.end(), within(1, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void sharesAddUpToOne(Truth truth) {
        List<VectorShare> shares = onlyAttack(truth).vectors();

        assertThat(shares.stream().mapToDouble(VectorShare::packetShare).sum()).isCloseTo(1, within(1e-9));
        assertThat(shares.stream().mapToDouble(VectorShare::byteShare).sum()).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void ordinaryTrafficOfTheTargetIsToldApart(Truth truth) {
        assertThat(onlyAttack(truth).otherTraffic().packets()).isBetween(truth.leastOther(), truth.mostOther());
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void sourcesAndTheirForgery(Truth truth) {
        Attack.Sources sources = onlyAttack(truth).sources();

        assertThat(sources.distinct().exact()).isTrue();
        truth.sources()
                .ifPresent(count -> assertThat(sources.distinct().value()).isCloseTo(count, withPercentage(2)));
        truth.spoofing().ifPresent(verdict -> {
            assertThat(sources.distinct().value()).isEqualTo(truth.sources().getAsLong());
            assertThat(sources.spoofing().verdict()).isEqualTo(verdict);
        });
        truth.topNetwork()
                .ifPresent(network -> assertThat(sources.top())
                        .extracting(talker -> talker.prefix().toString())
                        .containsExactly(network));
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void nothingIsDamagedOrForgotten(Truth truth) {
        Analysis analysis = Analyses.of(RealData.file(truth.capture()));

        assertThat(analysis.evicted()).isZero();
        assertThat(analysis.inputs()).singleElement().satisfies(input -> {
            assertThat(input.format()).isEqualTo("pcap");
            assertThat(input.carries()).isEqualTo("packets");
            assertThat(input.damage()).isEmpty();
            assertThat(input.rejected().keySet()).isSubsetOf("not_ip");
        });
        InputSummary input = analysis.inputs().get(0);
        assertThat(input.first().orElseThrow()).isBeforeOrEqualTo(truth.start());
        assertThat(input.last().orElseThrow()).isAfterOrEqualTo(truth.end());
    }

    private static Attack onlyAttack(Truth truth) {
        Analysis analysis = Analyses.of(RealData.file(truth.capture()));
        assertThat(analysis.findings()).hasSize(1);
        return Analyses.attacks(analysis).get(0);
    }
}
