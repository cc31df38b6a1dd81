package levee.capture;

import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Reads what bots and people say over IRC (RFC 1459 section 2.3, RFC 2812 section 3): NICK, USER, JOIN, PRIVMSG and PING.
 * Bots use any port, so lines are told by their grammar, and a segment whose first line is none is not looked at.
 *
 * <p>Who is the client follows from the line: a server puts a prefix in front of what others said, a client registers
 * without one. PING may come from both sides: there the lower port is taken for the server's.
 */
final class IrcLines {
    /** With the line feed (RFC 1459 section 2.3); longer ones belong to extensions. */
    private static final int LONGEST_LINE = 512;

    /** Nicks, users and channels are much shorter (RFC 2812 section 1.3). */
    private static final int LONGEST_SUBJECT = 64;

    private static final int LONGEST_COMMAND = 8;

    private enum Command {
        NICK,
        USER,
        JOIN,
        PRIVMSG,
        PING,
        /** Any other, of capitals or three digits. */
        OTHER,
        NONE
    }

    private IrcLines() {}

    static void read(byte[] bytes, int length, EventWriter writer) {
        int made = 0;
        int at = 0;
        while (at < length && made < ApplicationReader.MAXIMUM_EVENTS) {
            int feed = Octets.find(bytes, at, Math.min(length, at + LONGEST_LINE), '\n');
            if (feed == length || feed == at + LONGEST_LINE || !isText(bytes, at, feed)) {
                return;
            }
            int told = readLine(bytes, at, Octets.trimmed(bytes, at, feed), writer);
            if (told < 0) {
                return;
            }
            made += told;
            at = feed + 1;
        }
    }

    /** @return how many events the line makes, or -1 if it is none of IRC */
    private static int readLine(byte[] bytes, int start, int end, EventWriter writer) {
        boolean hasPrefix = start < end && bytes[start] == ':';
        int command = start;
        if (hasPrefix) {
            int prefixEnd = Octets.find(bytes, start, end, ' ');
            if (prefixEnd == start + 1) {
                return -1;
            }
            command = Octets.skipBlanks(bytes, prefixEnd, end);
        }
        int commandEnd = Octets.find(bytes, command, end, ' ');
        Command told = command(bytes, command, commandEnd);
        int subject = Octets.skipBlanks(bytes, commandEnd, end);
        if (told == Command.NONE) {
            return -1;
        }
        if (told == Command.OTHER) {
            return 0;
        }
        if (!isSound(told, bytes, subject, end)) {
            return -1;
        }
        boolean isTrailing = bytes[subject] == ':';
        int from = isTrailing ? subject + 1 : subject;
        boolean isServer = hasPrefix || told == Command.PING && writer.sourcePort() < writer.destinationPort();
        if (isServer) {
            writer.response(EventKind.IRC);
        } else {
            writer.request(EventKind.IRC);
        }
        EventBatch events = writer.events();
        events.write(Text.NAME, bytes, command, commandEnd);
        int subjectEnd = isTrailing && told == Command.PING ? end : Octets.find(bytes, from, end, ' ');
        events.write(Text.DETAIL, bytes, from, Math.min(subjectEnd, from + LONGEST_SUBJECT));
        return 1;
    }

    private static Command command(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < 3 || length > LONGEST_COMMAND) {
            return Command.NONE;
        }
        if (is(bytes, start, length, "NICK")) {
            return Command.NICK;
        }
        if (is(bytes, start, length, "USER")) {
            return Command.USER;
        }
        if (is(bytes, start, length, "JOIN")) {
            return Command.JOIN;
        }
        if (is(bytes, start, length, "PRIVMSG")) {
            return Command.PRIVMSG;
        }
        if (is(bytes, start, length, "PING")) {
            return Command.PING;
        }
        boolean isNumber = length == 3;
        for (int i = start; i < end; i++) {
            isNumber &= Octets.isDigit(bytes[i]);
        }
        return isNumber || areCapitals(bytes, start, end) ? Command.OTHER : Command.NONE;
    }

    private static boolean is(byte[] bytes, int start, int length, String name) {
        if (length != name.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areCapitals(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 'A' || bytes[i] > 'Z') {
                return false;
            }
        }
        return true;
    }

    /** Whether the parameters are what the command demands: other protocols have commands of the same name. */
    private static boolean isSound(Command command, byte[] bytes, int subject, int end) {
        if (subject >= end) {
            return false;
        }
        boolean isTrailing = bytes[subject] == ':';
        return switch (command) {
            // One nick; servers may put it behind a colon.
            case NICK -> (isTrailing ? subject + 1 < end : true) && Octets.find(bytes, subject, end, ' ') == end;
            // User, two more, and the name of whom it belongs to; FTP and POP3 have one.
            case USER -> parameters(bytes, subject, end) >= 4;
            case JOIN -> isChannel(bytes, isTrailing ? subject + 1 : subject, end);
            // A target and a text.
            case PRIVMSG -> {
                int text = Octets.skipBlanks(bytes, Octets.find(bytes, subject, end, ' '), end);
                yield !isTrailing && text < end && bytes[text] == ':';
            }
            // A token behind a colon, or the name of a server and nothing else: terminals show the command's output.
            case PING ->
                isTrailing
                        ? subject + 1 < end
                        : Octets.find(bytes, subject, end, '.') < end && Octets.find(bytes, subject, end, ' ') == end;
            case OTHER, NONE -> false;
        };
    }

    /** The marks of channels (RFC 2812 section 1.3). */
    private static boolean isChannel(byte[] bytes, int at, int end) {
        return at < end - 1 && (bytes[at] == '#' || bytes[at] == '&' || bytes[at] == '+' || bytes[at] == '!');
    }

    private static int parameters(byte[] bytes, int from, int end) {
        int count = 0;
        int at = from;
        while (at < end) {
            count++;
            if (bytes[at] == ':') {
                break;
            }
            at = Octets.skipBlanks(bytes, Octets.find(bytes, at, end, ' '), end);
        }
        return count;
    }

    /** Colours and marks of clients are control characters, too; zeros and carriage returns inside a line are not IRC. */
    private static boolean isText(byte[] bytes, int start, int feed) {
        for (int i = start; i < feed; i++) {
            if (bytes[i] == 0 || bytes[i] == '\r' && i < feed - 1) {
                return false;
            }
        }
        return feed > start;
    }
}
