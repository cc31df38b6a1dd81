package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalTextTest {

    @Test
    void controlSequencesAreWrittenOut() {
        assertThat(TerminalText.printable("\u001b[2J\r\n\t\u0000\u007f\u009b"))
                .isEqualTo("\\x1b[2J\\x0d\\x0a\\x09\\x00\\x7f\\x9b");
    }

    @Test
    void whatReversesHidesOrBreaksIsWrittenOut() {
        assertThat(TerminalText.printable("a\u202eb\u200bc\u2028d\ue000e\u00a0f"))
                .isEqualTo("a\\u{202e}b\\u{200b}c\\u{2028}d\\u{e000}e\\xa0f");
        assertThat(TerminalText.printable("\ud800")).isEqualTo("\\u{d800}");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(TerminalText.printable("höhe 高さ 🚰 שלום")).isEqualTo("höhe 高さ 🚰 שלום");
    }

    @Test
    void columnsCountWhatTheEyeSees() {
        assertThat(TerminalText.columns("abc")).isEqualTo(3);
        assertThat(TerminalText.columns("高さ")).isEqualTo(4);
        assertThat(TerminalText.columns("🚰")).isEqualTo(2);
        assertThat(TerminalText.columns("e\u0301")).isEqualTo(1);
    }
}
