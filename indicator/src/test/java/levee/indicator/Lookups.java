package levee.indicator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import levee.model.IpAddress;

/** Reads lists and asks tables in words. */
final class Lookups {
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    final IndicatorTable.Builder builder = new IndicatorTable.Builder(1_000_000);
    private boolean namesCoverBelow;

    Lookups coveringBelow() {
        namesCoverBelow = true;
        return this;
    }

    IndicatorReader.Result read(String text) {
        return read(text.getBytes(UTF_8));
    }

    IndicatorReader.Result read(byte[] bytes) {
        try {
            return IndicatorReader.read(
                    new ByteArrayInputStream(bytes),
                    new IndicatorReader.Options("test", namesCoverBelow, NOW),
                    builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is found for an address, as {@code KIND label}, or nothing. */
    static String address(IndicatorTable table, String address, int port) {
        IpAddress parsed = IpAddress.parse(address);
        return said(table, table.address(parsed.high(), parsed.low(), port));
    }

    static String name(IndicatorTable table, String name) {
        // Between other bytes, so that borders count.
        byte[] bytes = ("x." + name + ".y").getBytes(US_ASCII);
        return said(table, table.name(bytes, 2, bytes.length - 2));
    }

    static String fingerprint(IndicatorTable table, IndicatorKind kind, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return said(table, table.fingerprint(kind, bytes, 0, bytes.length));
    }

    private static String said(IndicatorTable table, int index) {
        if (index == IndicatorTable.NONE) {
            return "";
        }
        Indicator indicator = table.indicator(index);
        return (indicator.kind() + " " + indicator.label()).strip();
    }
}
