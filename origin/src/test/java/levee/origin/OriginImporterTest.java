package levee.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

class OriginImporterTest {
    private final OriginImporter importer = new OriginImporter();

    private OriginTable table(String... texts) throws IOException {
        for (String text : texts) {
            importer.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines -> {});
        }
        return importer.build();
    }

    private static String find(OriginTable table, String text) {
        IpAddress address = IpAddress.parse(text);
        int system = table.find(address.high(), address.low());
        return system == OriginTable.NONE ? "" : table.number(system) + " " + table.name(system);
    }

    @Test
    void rangesOfIptoasn() throws IOException {
        OriginTable table = table("""
            192.0.2.0\t192.0.2.255\t64496\tNL\tEXAMPLE-NET Example Net
            192.0.3.0\t192.0.3.255\t0\tNone\tNot routed
            198.51.100.0\t198.51.101.99\t4294967294\tUS\tBIG
            2001:db8::\t2001:db8:ffff:ffff:ffff:ffff:ffff:ffff\t64497\tDE\tSIX
            """);
        assertThat(find(table, "192.0.2.255")).isEqualTo("64496 EXAMPLE-NET Example Net");
        assertThat(find(table, "192.0.3.0")).isEmpty();
        assertThat(find(table, "198.51.101.99")).isEqualTo("4294967294 BIG");
        assertThat(find(table, "198.51.101.100")).isEmpty();
        assertThat(find(table, "2001:db8:1::1")).isEqualTo("64497 SIX");
        assertThat(importer.lines()).isEqualTo(4);
        assertThat(importer.damaged()).isZero();
        assertThat(table.systems()).isEqualTo(3);
    }

    @Test
    void prefixesOfCaida() throws IOException {
        OriginTable table = table(
                "192.0.2.0\t24\t64496\n192.0.2.128\t25\t64497_64498\n198.51.100.0\t24\t64499,64500\n",
                "2001:db8::\t32\t64501\n");
        assertThat(find(table, "192.0.2.1")).isEqualTo("64496 ");
        assertThat(find(table, "192.0.2.200")).isEqualTo("64497 ");
        assertThat(find(table, "198.51.100.1")).isEqualTo("64499 ");
        assertThat(find(table, "2001:db8::1")).isEqualTo("64501 ");
    }

    @Test
    void networksOfGeoLite() throws IOException {
        OriginTable table = table("""
            network,autonomous_system_number,autonomous_system_organization
            192.0.2.0/24,64496,"Example ""Net"", Inc."
            198.51.100.0/24,64497,Plain\r
            203.0.113.0/24,64498
            """);
        assertThat(find(table, "192.0.2.1")).isEqualTo("64496 Example \"Net\", Inc.");
        assertThat(find(table, "198.51.100.1")).isEqualTo("64497 Plain");
        assertThat(find(table, "203.0.113.1")).isEqualTo("64498 ");
        assertThat(importer.damaged()).isZero();
    }

    @Test
    void whatIsNoneOfTheseIsCounted() throws IOException {
        OriginTable table = table("""
            # a comment

            192.0.2.0\t24\t64496
            192.0.2.0\t33\t64496
            192.0.2.9\t192.0.2.1\t64496\tNL\tbackwards
            192.0.2.0\t2001:db8::1\t64496\tNL\tboth
            192.0.2.0/24,4294967296,too large
            192.0.2.0/24,x,y
            hello\u001b[2J
            one\ttwo
            """ + "9".repeat(100_000) + "\n");
        assertThat(importer.lines()).isEqualTo(9);
        assertThat(importer.damaged()).isEqualTo(8);
        assertThat(importer.firstDamage()).isEqualTo("192.0.2.0?33?64496");
        assertThat(find(table, "192.0.2.1")).isEqualTo("64496 ");
    }

    @Test
    void namesMayComeLaterAndAreMadePrintable() throws IOException {
        OriginTable table =
                table("192.0.2.0\t24\t64496\n198.51.100.0/24,64496,Ex\u202eample\u001b\n203.0.113.0/24,64496,Other\n");
        assertThat(find(table, "192.0.2.1")).isEqualTo("64496 Ex?ample?");
    }

    @Test
    void aTableIsTheSameWhenItIsReadAgain() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder text = new StringBuilder("0.0.0.0\t8\t1\n255.255.255.0\t24\t2\n::\t16\t3\nffff::\t16\t4\n");
        for (int i = 0; i < 3_000; i++) {
            text.append(IpAddress.ofIpv4(random.nextInt()))
                    .append('\t')
                    .append(random.nextInt(8, 33))
                    .append('\t');
            text.append(1 + random.nextInt(500)).append('\n');
        }
        OriginTable table = table(text.toString());
        byte[] written = written(table);
        OriginTable again = OriginTable.read(new ByteArrayInputStream(written));
        assertThat(written(again)).isEqualTo(written);
        for (int i = 0; i < 20_000; i++) {
            int address = random.nextInt();
            long low = IpAddress.mapIpv4(address);
            assertThat(again.find(0, low)).isEqualTo(table.find(0, low));
        }
        assertThat(find(again, "255.255.255.255")).isEqualTo("2 ");
        assertThat(find(again, "fffe::1")).isEmpty();
        assertThat(find(again, "ffff::1")).isEqualTo("4 ");
    }

    @Test
    void aDamagedTableIsRefused() throws IOException {
        byte[] written = written(table("192.0.2.0\t24\t64496\n198.51.100.0\t24\t64497\n"));
        for (int at = 0; at < written.length; at++) {
            byte[] damaged = written.clone();
            damaged[at] ^= 0x10;
            assertThatIOException()
                    .as("byte %d", at)
                    .isThrownBy(() -> OriginTable.read(new ByteArrayInputStream(damaged)));
            byte[] cut = Arrays.copyOf(written, at);
            assertThatIOException()
                    .as("cut at %d", at)
                    .isThrownBy(() -> OriginTable.read(new ByteArrayInputStream(cut)));
        }
    }

    private static byte[] written(OriginTable table) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.write(out);
        return out.toByteArray();
    }
}
