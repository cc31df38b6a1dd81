package levee.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): several sections, each with its byte order and interfaces. Blocks that hold
 * no packet are skipped by their length. After damage it looks for the next block whose two lengths agree.
 */
final class PcapngReader extends CaptureReader {
    static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int NAME_RESOLUTION = 4;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int DECRYPTION_SECRETS = 10;
    private static final int CUSTOM = 0x0000_0bad;
    private static final int NOT_TO_BE_COPIED = 0x4000_0000;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;

    /** Type, length, and the length again at the end (section 3.1). */
    private static final int BLOCK_OVERHEAD = 12;

    /** A block of packets, a section or an interface must fit the window; others may be skipped up to this length. */
    private static final int MAXIMUM_BLOCK = 1 << 28;

    private static final int MAXIMUM_INTERFACES = 4_096;

    private final CaptureInterface[] interfaces = new CaptureInterface[MAXIMUM_INTERFACES];
    private int interfaceCount;
    private boolean searching;

    PcapngReader(ReadableByteChannel channel, boolean live, @Nullable PacketListener listener) {
        super(channel, live, listener);
    }

    @Override
    boolean readPacket(FlowBatch batch) throws IOException {
        if (searching) {
            window.mayPause(false);
        }
        if (searching && !findBlock()) {
            return false;
        }
        if (!window.require(BLOCK_OVERHEAD)) {
            if (window.available() > 0) {
                truncated("a block header");
            }
            return false;
        }
        int position = window.position();
        int type = window.headers.getInt(position);
        if (type == SECTION_HEADER && !readByteOrder(position + 8)) {
            damaged("a section has no byte order");
            return true;
        }
        int length = window.headers.getInt(position + 4);
        if (length < BLOCK_OVERHEAD || length > MAXIMUM_BLOCK || (length & 3) != 0) {
            damaged("a block length makes no sense");
            return true;
        }
        return switch (type) {
            case SECTION_HEADER, INTERFACE_DESCRIPTION, PACKET, SIMPLE_PACKET, ENHANCED_PACKET ->
                readBlock(batch, type, length);
            default -> skipBlock(type, length);
        };
    }

    /** Skips a block that fits the window whole, so that its second length can be compared. */
    private boolean skipBlock(int type, int length) throws IOException {
        if (length > ByteWindow.CAPACITY) {
            return skipLongBlock(type, length);
        }
        if (!window.require(length)) {
            truncated("a block");
            return false;
        }
        if (window.headers.getInt(window.position() + length - 4) == length) {
            window.consume(length);
        } else {
            damaged("the two lengths of a block differ");
        }
        return true;
    }

    /** Of blocks that are too long to look at before they are skipped, only those of a known type are believed. */
    private boolean skipLongBlock(int type, int length) throws IOException {
        if (!isRegistered(type)) {
            damaged("a block is too long");
            return true;
        }
        window.mayPause(false);
        if (!window.skip(length)) {
            truncated("a block");
            return false;
        }
        return true;
    }

    /** The block types of the draft's registry (section 10.1), with those for local use. */
    private static boolean isRegistered(int type) {
        return type >= INTERFACE_DESCRIPTION && type <= DECRYPTION_SECRETS
                || (type & ~NOT_TO_BE_COPIED) == CUSTOM
                || type < 0;
    }

    private boolean readBlock(FlowBatch batch, int type, int length) throws IOException {
        if (length > ByteWindow.CAPACITY) {
            damaged("a block is too long");
            return true;
        }
        if (!window.require(length)) {
            truncated("a block");
            return false;
        }
        int position = window.position();
        if (window.headers.getInt(position + length - 4) != length) {
            damaged("the two lengths of a block differ");
            return true;
        }
        int body = position + 8;
        int end = position + length - 4;
        boolean consumed = switch (type) {
            case SECTION_HEADER -> beginSection();
            case INTERFACE_DESCRIPTION -> addInterface(body, end);
            case SIMPLE_PACKET -> readSimplePacket(batch, body, end);
            case PACKET -> readPacketBlock(batch, body, end, window.headers.getChar(body));
            default -> readPacketBlock(batch, body, end, end - body < 4 ? -1 : window.headers.getInt(body));
        };
        if (consumed) {
            window.consume(length);
        }
        return true;
    }

    private boolean readByteOrder(int position) {
        int magic = window.bytes.getInt(position);
        if (magic == BYTE_ORDER_MAGIC) {
            window.headerOrder(ByteOrder.BIG_ENDIAN);
        } else if (Integer.reverseBytes(magic) == BYTE_ORDER_MAGIC) {
            window.headerOrder(ByteOrder.LITTLE_ENDIAN);
        } else {
            return false;
        }
        return true;
    }

    private boolean beginSection() {
        interfaceCount = 0;
        return true;
    }

    private boolean addInterface(int body, int end) {
        if (end - body < 8 || interfaceCount == MAXIMUM_INTERFACES) {
            statistics.rejections.count(RejectionReason.MALFORMED);
            return true;
        }
        ByteBuffer headers = window.headers;
        LinkType link = LinkType.of(headers.getChar(body));
        int snapLength = headers.getInt(body + 4);
        int resolution = CaptureInterface.MICROSECONDS;
        long offsetSeconds = 0;
        int option = body + 8;
        while (option <= end - 4) {
            int code = headers.getChar(option);
            int length = headers.getChar(option + 2);
            if (code == 0 || length > end - option - 4) {
                break;
            }
            if (code == OPTION_TIME_RESOLUTION && length >= 1) {
                resolution = headers.get(option + 4) & 0xff;
            } else if (code == OPTION_TIME_OFFSET && length >= 8) {
                offsetSeconds = headers.getLong(option + 4);
            }
            option += 4 + (length + 3 & ~3);
        }
        interfaces[interfaceCount++] = new CaptureInterface(link, snapLength, resolution, offsetSeconds);
        return true;
    }

    /** Enhanced Packet Block, and the obsolete Packet Block, which differs in its first four bytes only. */
    private boolean readPacketBlock(FlowBatch batch, int body, int end, int interfaceIndex) {
        if (end - body < 20 || interfaceIndex < 0 || interfaceIndex >= interfaceCount) {
            return reject();
        }
        ByteBuffer headers = window.headers;
        long time = (long) headers.getInt(body + 4) << 32 | headers.getInt(body + 8) & 0xffff_ffffL;
        int captured = headers.getInt(body + 12);
        int length = headers.getInt(body + 16);
        if (captured < 0 || captured > MAXIMUM_PACKET || captured > end - body - 20 || length < 0) {
            return reject();
        }
        CaptureInterface captureInterface = interfaces[interfaceIndex];
        long nanos = captureInterface.nanos(time);
        return append(batch, nanos, captureInterface.link(), body + 20, captured, Math.max(length, captured));
    }

    /** A Simple Packet Block has no time of its own: it gets its predecessor's. */
    private boolean readSimplePacket(FlowBatch batch, int body, int end) {
        if (end - body < 4 || interfaceCount == 0) {
            return reject();
        }
        int length = window.headers.getInt(body);
        if (length < 0) {
            return reject();
        }
        int snapLength = interfaces[0].snapLength();
        int captured = Math.min(length, end - body - 4);
        if (snapLength > 0) {
            captured = Math.min(captured, snapLength);
        }
        return append(batch, acceptedNanos(), interfaces[0].link(), body + 4, captured, length);
    }

    private boolean reject() {
        statistics.packets++;
        statistics.rejections.count(RejectionReason.MALFORMED);
        return true;
    }

    private void damaged(String reason) {
        statistics.rejections.count(RejectionReason.DAMAGED);
        statistics.damaged(window.offset(), reason);
        searching = true;
    }

    /** Consumes bytes up to the next block of a known type whose two lengths agree. */
    private boolean findBlock() throws IOException {
        while (window.require(BLOCK_OVERHEAD + 1)) {
            window.consume(1);
            int position = window.position();
            if (!isSearchedType(window.headers.getInt(position))) {
                continue;
            }
            int length = window.headers.getInt(position + 4);
            if (length < BLOCK_OVERHEAD || length > MAXIMUM_PACKET || (length & 3) != 0 || !window.require(length)) {
                continue;
            }
            if (window.headers.getInt(window.position() + length - 4) == length) {
                searching = false;
                return true;
            }
        }
        window.consume(window.available());
        return false;
    }

    private static boolean isSearchedType(int type) {
        return type == SECTION_HEADER
                || type == INTERFACE_DESCRIPTION
                || type == ENHANCED_PACKET
                || type == NAME_RESOLUTION
                || type == INTERFACE_STATISTICS;
    }
}
