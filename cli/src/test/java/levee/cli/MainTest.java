package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpNamesTheCommands(String option) {
        CalledCommand called = CalledCommand.of(option);

        assertThat(called.exitCode()).isZero();
        assertThat(called.out()).startsWith("Usage: levee ").contains("analyze");
        assertThat(called.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpOfACommandNamesItsOptionsAndExitCodes(String option) {
        CalledCommand called = CalledCommand.of("analyze", "no-such-file.pcap", option);

        assertThat(called.exitCode()).isZero();
        assertThat(called.out())
                .startsWith("Usage: levee analyze ")
                .contains("--format", "--output", "--networks", "Exit codes:", "  0  ", "  2  ", "  3  ");
        assertThat(called.errors()).isEmpty();
    }

    @Test
    void helpFitsTheTerminal() {
        String all = CalledCommand.of("--help").out()
                + CalledCommand.of("analyze", "--help").out();

        assertThat(all.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void version(String option) {
        CalledCommand called = CalledCommand.of(option);

        assertThat(called.exitCode()).isZero();
        assertThat(called.out()).matches("levee \\S+\\R");
        assertThat(called.errors()).isEmpty();
    }

    @Test
    void noCommandIsAWrongCall() {
        CalledCommand called = CalledCommand.of();

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.errors()).startsWith("Usage: levee ");
    }

    @Test
    void unknownCommandIsAWrongCallWithASuggestion() {
        CalledCommand called = CalledCommand.of("analyse", "capture.pcap");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.errors()).contains("'analyse'", "Did you mean 'analyze'?", "levee --help");
    }

    @Test
    void nothingIsSuggestedForNonsense() {
        assertThat(CalledCommand.of("xyzzy").errors()).contains("'xyzzy'").doesNotContain("Did you mean");
    }
}
