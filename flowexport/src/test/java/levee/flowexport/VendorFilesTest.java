package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import levee.testing.RealData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Export packets of some thirty vendors. What is expected is in {@code vendors.txt}: for each case the files in the
 * order of receipt, then the number of rows, packets, bytes and rejections, and for many cases the rows. All of it was
 * compared with tshark's reading of the same packets, but for what tshark does not do: sampling, data ahead of their
 * template, biflows, packet sections.
 */
class VendorFilesTest {
    private record Case(List<String> files, List<String> expected) {}

    @TestFactory
    Stream<DynamicTest> isReadAsExpected() throws IOException {
        return cases().stream().map(vendor -> dynamicTest(vendor.files.getLast(), () -> check(vendor)));
    }

    private static void check(Case vendor) {
        Decoding decoding = new Decoding();
        for (String file : vendor.files) {
            ExportFile.read(RealData.file("flows/" + file)).forEach(decoding::add);
        }
        List<Row> rows = decoding.rows();
        List<String> actual = new ArrayList<>();
        actual.add("%d rows %d packets %d bytes rejected %s"
                .formatted(
                        rows.size(),
                        rows.stream().mapToLong(Row::packets).sum(),
                        rows.stream().mapToLong(Row::bytes).sum(),
                        decoding.table.statistics().getFirst().rejected()));
        if (vendor.expected.size() > 1) {
            rows.forEach(row -> actual.add(row.text()));
        }
        assertThat(actual).isEqualTo(vendor.expected);
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(VendorFilesTest.class.getResourceAsStream("vendors.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("= ")) {
                    cases.add(new Case(List.of(line.substring(2).split(" ", -1)), new ArrayList<>()));
                } else if (!line.isEmpty()) {
                    cases.getLast().expected.add(line);
                }
            }
        }
        return cases;
    }
}
