package levee.flowexport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Keeps what exporters told over a restart: templates come once in half an hour from some, and until then nothing of
 * theirs could be read. All numbers are in network order:
 *
 * <pre>
 * file      magic "LVXC" (4), version (2), exporters (4), exporter..., CRC-32C of all before (8)
 * exporter  address (16), domains (2), domain...
 * domain    format (1), id (8), uptime's start (8), sequence known (1), due number (4), uptime (4),
 *           rates (2), rate..., templates (2), template...
 * rate      key (8), rate (4)
 * template  id (2), scope fields or -1 (2), of NetFlow v9 (1), fields (2), field...
 * field     enterprise (4), number (2), length (2)
 * </pre>
 */
public final class ExporterCache {
    private static final int MAGIC = 0x4c56_5843;
    private static final int VERSION = 1;
    private static final ExportFormat[] FORMATS = ExportFormat.values();

    private ExporterCache() {}

    /** Writes what is known of all exporters. */
    public static void save(ExporterTable table, OutputStream stream) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        List<Exporter> exporters = table.exporters();
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeInt(exporters.size());
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        for (Exporter exporter : exporters) {
            buffer.reset();
            // Nothing of it may change in between; nor may its receiving thread wait for a disk.
            synchronized (exporter) {
                save(exporter, new DataOutputStream(buffer));
            }
            buffer.writeTo(out);
        }
        out.flush();
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    private static void save(Exporter exporter, DataOutputStream out) throws IOException {
        out.writeLong(exporter.addressHigh);
        out.writeLong(exporter.addressLow);
        ObservationDomain[] domains = exporter.domains();
        out.writeShort(domains.length);
        for (ObservationDomain domain : domains) {
            out.writeByte(domain.format.ordinal());
            out.writeLong(domain.id);
            out.writeLong(domain.bootNanos);
            out.writeBoolean(domain.sequence.isStarted());
            out.writeInt(domain.sequence.expected());
            out.writeInt(domain.sequence.uptimeMillis());
            Map<Long, Integer> rates = domain.sampling.told();
            out.writeShort(rates.size());
            for (Map.Entry<Long, Integer> rate : rates.entrySet()) {
                out.writeLong(rate.getKey());
                out.writeInt(rate.getValue());
            }
            List<Template> templates = exporter.templates(domain);
            out.writeShort(templates.size());
            for (Template template : templates) {
                out.writeShort(template.id);
                out.writeShort(template.isOptions() ? template.scopeFields : -1);
                out.writeBoolean(template.isNetFlow9);
                out.writeShort(template.fields());
                for (int number : template.specification) {
                    out.writeInt(number);
                }
            }
        }
    }

    /**
     * Reads what was saved into a table that has met nobody yet.
     *
     * @param nowNanos nanoseconds since 1970
     * @throws IOException if it cannot be read, or is not what was written; the table is then as it was
     */
    public static void load(ExporterTable table, InputStream stream, long nowNanos) throws IOException {
        List<SavedExporter> exporters = new Reader(table.limits(), stream).read();
        for (SavedExporter exporter : exporters) {
            restore(table, exporter, nowNanos);
        }
    }

    private static void restore(ExporterTable table, SavedExporter saved, long nowNanos) {
        Exporter exporter = table.exporter(saved.high, saved.low, nowNanos);
        if (exporter == null) {
            return;
        }
        for (SavedDomain savedDomain : saved.domains) {
            ObservationDomain domain = exporter.domain(savedDomain.format, savedDomain.id, nowNanos);
            if (domain == null) {
                return;
            }
            synchronized (exporter) {
                domain.bootNanos = savedDomain.bootNanos;
                if (savedDomain.isStarted) {
                    domain.sequence.restore(savedDomain.dueNumber, savedDomain.uptimeMillis);
                }
                savedDomain.rates.forEach(domain.sampling::put);
                domain.sampling.publish();
                for (Template template : savedDomain.templates) {
                    exporter.define(domain, template, nowNanos);
                }
            }
        }
    }

    private record SavedExporter(long high, long low, List<SavedDomain> domains) {}

    private record SavedDomain(
            ExportFormat format,
            long id,
            long bootNanos,
            boolean isStarted,
            int dueNumber,
            int uptimeMillis,
            Map<Long, Integer> rates,
            List<Template> templates) {}

    /** Believes nothing: whoever can write to the folder of the cache must not get more than a message. */
    private static final class Reader {
        private final ExporterLimits limits;
        private final CheckedInputStream checked;
        private final DataInputStream in;
        private long templateBytes;

        Reader(ExporterLimits limits, InputStream stream) {
            this.limits = limits;
            checked = new CheckedInputStream(stream, new CRC32C());
            in = new DataInputStream(checked);
        }

        List<SavedExporter> read() throws IOException {
            try {
                return readAll();
            } catch (EOFException e) {
                throw new IOException("the exporter cache ends too early", e);
            }
        }

        private List<SavedExporter> readAll() throws IOException {
            if (in.readInt() != MAGIC) {
                throw new IOException("this is no exporter cache");
            }
            int version = in.readUnsignedShort();
            if (version != VERSION) {
                throw new IOException("the exporter cache is of version " + version + ", which is not read");
            }
            int count = in.readInt();
            if (count < 0) {
                throw damaged("exporters", count);
            }
            List<SavedExporter> exporters = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                exporters.add(exporter());
            }
            long checksum = checked.getChecksum().getValue();
            if (in.readLong() != checksum) {
                throw new IOException("the checksum of the exporter cache is wrong");
            }
            if (in.read() >= 0) {
                throw new IOException("something follows the exporter cache");
            }
            return exporters;
        }

        private SavedExporter exporter() throws IOException {
            long high = in.readLong();
            long low = in.readLong();
            int count = bounded("domains", in.readUnsignedShort(), limits.domainsPerExporter());
            List<SavedDomain> domains = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                domains.add(domain());
            }
            charge(count + 1);
            return new SavedExporter(high, low, domains);
        }

        private SavedDomain domain() throws IOException {
            int format = bounded("format", in.readUnsignedByte(), FORMATS.length - 1);
            long id = in.readLong();
            long bootNanos = in.readLong();
            boolean isStarted = in.readBoolean();
            int dueNumber = in.readInt();
            int uptimeMillis = in.readInt();
            int rateCount = bounded("rates", in.readUnsignedShort(), limits.samplersPerDomain());
            Map<Long, Integer> rates = new TreeMap<>();
            for (int i = 0; i < rateCount; i++) {
                long key = in.readLong();
                int rate = in.readInt();
                if (rate < 1) {
                    throw damaged("rate", rate);
                }
                rates.put(key, rate);
            }
            charge(rateCount);
            int templateCount = bounded("templates", in.readUnsignedShort(), limits.templatesPerExporter());
            List<Template> templates = new ArrayList<>();
            for (int i = 0; i < templateCount; i++) {
                templates.add(template());
            }
            return new SavedDomain(
                    FORMATS[format], id, bootNanos, isStarted, dueNumber, uptimeMillis, rates, templates);
        }

        private Template template() throws IOException {
            int id = in.readUnsignedShort();
            int scopeFields = in.readShort();
            boolean isNetFlow9 = in.readBoolean();
            int fields = bounded("fields", in.readUnsignedShort(), limits.fieldsPerTemplate());
            if (id < TemplateSets.FIRST_ID || scopeFields < -1 || scopeFields > fields || fields == 0) {
                throw damaged("template", id);
            }
            int[] specification = new int[2 * fields];
            for (int i = 0; i < specification.length; i++) {
                specification[i] = in.readInt();
            }
            Template template = TemplateCompiler.compile(id, scopeFields, isNetFlow9, specification);
            if (template.recordLength == 0) {
                throw damaged("template", id);
            }
            templateBytes += template.memoryBytes();
            charge(0);
            return template;
        }

        /** A short file must not become much memory; some hundred bytes for each thing in it are enough for all. */
        private void charge(int things) throws IOException {
            templateBytes += 256L * things;
            if (templateBytes > limits.templateBytes()) {
                throw new IOException("the exporter cache holds more than there is room for");
            }
        }

        private static int bounded(String what, int value, int largest) throws IOException {
            if (value > largest) {
                throw damaged(what, value);
            }
            return value;
        }

        private static IOException damaged(String what, int value) {
            return new IOException("the exporter cache is damaged: " + what + " " + value);
        }
    }
}
