package levee.capture;

import levee.model.IpAddress;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/** Reads messages of DHCP (RFC 2131 section 2) and the options that say who a host is (RFC 2132). */
final class DhcpMessage {
    static final int SERVER_PORT = 67;
    static final int CLIENT_PORT = 68;

    private static final int CIADDR = 12;
    private static final int YIADDR = 16;
    private static final int HARDWARE_ADDRESS = 28;
    private static final int COOKIE_AT = 236;
    private static final int COOKIE = 0x6382_5363;
    private static final int OPTIONS = 240;

    private static final int PAD = 0;
    private static final int HOST_NAME = 12;
    private static final int REQUESTED_ADDRESS = 50;
    private static final int LEASE = 51;
    private static final int MESSAGE_TYPE = 53;
    private static final int VENDOR_CLASS = 60;
    private static final int END = 255;

    /** DHCPDISCOVER to DHCPINFORM, and the later ones up to DHCPTLS (RFC 2132 section 9.6, RFC 7724). */
    private static final int LAST_MESSAGE_TYPE = 18;

    private final byte[] address = new byte[17];

    /** Where the options looked for begin with their length; zero where they are missing. */
    private int messageType;

    private int hostName;
    private int requested;
    private int lease;
    private int vendorClass;

    void read(byte[] bytes, int length, EventWriter writer) {
        if (length < OPTIONS || Octets.i32(bytes, COOKIE_AT) != COOKIE) {
            return;
        }
        int operation = bytes[0];
        // Hardware type 1 is Ethernet, with addresses of six bytes.
        if (operation != 1 && operation != 2 || bytes[1] != 1 || bytes[2] != 6 || !findOptions(bytes, length)) {
            return;
        }
        EventBatch events = writer.events();
        int event = operation == 1 ? writer.request(EventKind.DHCP) : writer.response(EventKind.DHCP);
        events.type[event] = bytes[messageType + 1];
        if (lease != 0) {
            // All ones mean for ever (RFC 2131 section 3.3).
            int seconds = Octets.i32(bytes, lease + 1);
            events.code[event] = seconds < 0 ? Integer.MAX_VALUE : seconds;
        }
        if (hostName != 0) {
            events.writeName(bytes, hostName + 1, end(bytes, hostName));
        }
        writeHardwareAddress(bytes, events);
        if (vendorClass != 0) {
            events.write(Text.MORE, bytes, vendorClass + 1, end(bytes, vendorClass));
        }
        int leased = operation == 2 ? Octets.i32(bytes, YIADDR) : asked(bytes);
        if (leased != 0) {
            events.writeAddress(0, IpAddress.mapIpv4(leased));
        }
    }

    /** What a client asks for, or has (RFC 2131 section 4.3.2). */
    private int asked(byte[] bytes) {
        return requested == 0 ? Octets.i32(bytes, CIADDR) : Octets.i32(bytes, requested + 1);
    }

    private static int end(byte[] bytes, int option) {
        return option + 1 + Octets.u8(bytes, option);
    }

    /** @return whether the options are whole and say what the message is */
    private boolean findOptions(byte[] bytes, int length) {
        messageType = 0;
        hostName = 0;
        requested = 0;
        lease = 0;
        vendorClass = 0;
        int at = OPTIONS;
        while (at < length && Octets.u8(bytes, at) != END) {
            int code = Octets.u8(bytes, at++);
            if (code == PAD) {
                continue;
            }
            if (at >= length || Octets.u8(bytes, at) > length - at - 1) {
                return false;
            }
            int size = Octets.u8(bytes, at);
            switch (code) {
                case MESSAGE_TYPE -> messageType = size == 1 ? at : messageType;
                case HOST_NAME -> hostName = at;
                case REQUESTED_ADDRESS -> requested = size == 4 ? at : requested;
                case LEASE -> lease = size == 4 ? at : lease;
                case VENDOR_CLASS -> vendorClass = at;
                default -> {}
            }
            at += 1 + size;
        }
        return messageType != 0 && bytes[messageType + 1] >= 1 && bytes[messageType + 1] <= LAST_MESSAGE_TYPE;
    }

    private void writeHardwareAddress(byte[] bytes, EventBatch events) {
        int at = 0;
        for (int i = 0; i < 6; i++) {
            if (i > 0) {
                address[at++] = ':';
            }
            at = Octets.hex(Octets.u8(bytes, HARDWARE_ADDRESS + i), address, at);
        }
        events.write(Text.DETAIL, address, 0, at);
    }
}
