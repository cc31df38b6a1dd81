package levee.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import levee.evaluation.Evaluation.Attacks;
import levee.evaluation.Evaluation.ConfidenceScore;
import levee.evaluation.Evaluation.Packets;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CalibrationDiagramTest {

    @Test
    void putsEachTenthWhereItsShareIs() throws Exception {
        // 20 findings said with 0.95 on the mean, 15 of them right; nothing was said with less than 0.5.
        NodeList circles = draw(new ConfidenceScore(0.5, 0.6, 0, 0, 0), new ConfidenceScore(0.9, 1, 20, 19, 15))
                .getElementsByTagName("circle");
        assertThat(circles.getLength()).isEqualTo(1);
        Element circle = (Element) circles.item(0);
        assertThat(circle.getAttribute("cx")).isEqualTo("444.0");
        assertThat(circle.getAttribute("cy")).isEqualTo("124.0");
    }

    @Test
    void drawsTheIntervalOfWilson() throws Exception {
        // Wilson's interval for 15 of 20: 0.531 to 0.888.
        Document svg = draw(new ConfidenceScore(0.9, 1, 20, 19, 15));
        NodeList paths = svg.getElementsByTagName("path");
        Element interval = (Element) paths.item(paths.getLength() - 1);
        assertThat(interval.getAttribute("d")).isEqualTo("M444.0 211.5V68.7");
    }

    private static Document draw(ConfidenceScore... scores) throws Exception {
        Evaluation evaluation = new Evaluation(
                1,
                new Attacks(20, 20, 20, 0, 15),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Packets(0, 0, 0),
                0,
                List.of(),
                List.of(scores),
                List.of(),
                List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CalibrationDiagram.write(evaluation, out);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()));
    }
}
