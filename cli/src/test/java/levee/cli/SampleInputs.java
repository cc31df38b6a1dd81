package levee.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Makes small captures and logs. */
final class SampleInputs {
    static final String FLOOD_TARGET = "192.0.2.1/32";

    /** Of the connection log. */
    static final String CLIENT = "192.168.1.2";

    static final String SERVER = "192.0.2.7";

    private static final int PACKETS = 6_000;
    private static final int FRAME = 54;
    private static final int TARGET = 0xc000_0201;

    /** Of a connection log of Zeek. */
    static final String CONNECTION_LOG_HEADER = """
        #separator \\x09
        #set_separator	,
        #empty_field	(empty)
        #unset_field	-
        #path	conn
        #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	conn_state	orig_pkts	resp_pkts
        #types	time	string	addr	port	addr	port	enum	string	count	count
        """;

    private static final String CONNECTION_LOG =
            CONNECTION_LOG_HEADER + "1700000000.000000\tC1\t192.168.1.2\t50000\t192.0.2.7\t443\ttcp\tSF\t6\t7\n";

    private static final String NAME_LOG = """
        #separator \\x09
        #path	dns
        #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	query
        #types	time	string	addr	port	addr	port	enum	string
        1700000000.000000	C2	192.168.1.2	50001	192.0.2.53	53	udp	example.org
        """;

    private SampleInputs() {}

    /** A SYN flood of 2,000 packets a second from forged sources to {@link #FLOOD_TARGET}, for three seconds. */
    static byte[] flood() {
        SplittableRandom random = new SplittableRandom(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1)
                .array());
        for (int i = 0; i < PACKETS; i++) {
            out.writeBytes(syn(i, random));
        }
        return out.toByteArray();
    }

    private static byte[] syn(int number, SplittableRandom random) {
        ByteBuffer record = ByteBuffer.allocate(16 + FRAME).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(1_700_000_000 + number / 2_000).putInt(number % 2_000 * 500);
        record.putInt(FRAME).putInt(FRAME).order(ByteOrder.BIG_ENDIAN);
        record.putLong(0x0202_0202_0202_0202L).putInt(0x0202_0202).putShort((short) 0x0800);
        record.putInt(0x4500_0028).putInt(0).put((byte) 60).put((byte) 6).putShort((short) 0);
        record.putInt(random.nextInt()).putInt(TARGET);
        record.putShort((short) random.nextInt(1_024, 65_536)).putShort((short) 443);
        record.putInt(number).putInt(0).putShort((short) 0x5002).putShort((short) 8_192);
        return record.array();
    }

    static Path flood(Path folder) throws IOException {
        return Files.write(folder.resolve("flood.pcap"), flood());
    }

    static Path connectionLog(Path folder) throws IOException {
        return Files.writeString(folder.resolve("conn.log"), CONNECTION_LOG);
    }

    /** A log of Zeek that holds no connections. */
    static Path nameLog(Path folder) throws IOException {
        return Files.writeString(folder.resolve("dns.log"), NAME_LOG);
    }
}
