package levee.flowexport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order. Nothing here checks bounds beyond what the JVM does; callers have. */
final class BigEndian {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static char unsignedShort(byte[] bytes, int at) {
        return (char) (short) SHORTS.get(bytes, at);
    }

    static int integer(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static long unsignedInteger(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at) & 0xffff_ffffL;
    }

    static long longInteger(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** A number of 1 to 8 bytes. */
    static long number(byte[] bytes, int at, int width) {
        return switch (width) {
            case 1 -> bytes[at] & 0xffL;
            case 2 -> unsignedShort(bytes, at);
            case 4 -> unsignedInteger(bytes, at);
            case 8 -> longInteger(bytes, at);
            default -> {
                long value = 0;
                for (int i = at; i < at + width; i++) {
                    value = value << 8 | bytes[i] & 0xff;
                }
                yield value;
            }
        };
    }

    static void putShort(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    static void putInteger(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    /** Writes the lowest {@code width} bytes, 1 to 8 of them. */
    static void putNumber(byte[] bytes, int at, int width, long value) {
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (width - 1 - i));
        }
    }
}
