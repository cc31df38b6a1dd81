package levee.report;

import static levee.report.Element.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ElementTest {

    @Test
    void textAndAttributesAreEscaped() {
        assertThat(element("p", "<b> & \"'").attribute("title", "\"><b onclick='x'>"))
                .hasToString("<p title=\"&quot;&gt;&lt;b onclick=&#39;x&#39;&gt;\">&lt;b&gt; &amp; &quot;&#39;</p>");
    }

    @Test
    void contentsComeInOrder() {
        assertThat(element("p").text("a ").add(element("b", "c")).text(" d")).hasToString("<p>a <b>c</b> d</p>");
    }

    @Test
    void onlyElementsWithoutContentHaveNoEndTag() {
        assertThat(element("td")).hasToString("<td></td>");
        assertThat(element("meta")).hasToString("<meta/>");
    }

    @Test
    void numbersStayWithTheirUnits() {
        assertThat(element("p", "4 min 12 s at 48 Mbit/s, 5 of 9 %"))
                .hasToString("<p>4\u00a0min 12\u00a0s at 48\u00a0Mbit/s, 5 of 9\u00a0%</p>");
    }

    @Test
    void styleIsNotEscapedAndThereforeChecked() {
        assertThat(Element.style("a > b {}")).hasToString("<style>a > b {}</style>");
        assertThatIllegalArgumentException().isThrownBy(() -> Element.style("</style>"));
    }
}
