package levee.cli;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where passwords come from: a terminal, or the first line of a stream. */
final class PasswordSource {
    private static final int LONGEST_LINE = 4_096;

    private final @Nullable Console console;
    private final InputStream in;

    private PasswordSource(@Nullable Console console, InputStream in) {
        this.console = console;
        this.in = in;
    }

    static PasswordSource of(@Nullable Console console, InputStream in) {
        return new PasswordSource(console == null || !isTerminal(console) ? null : console, in);
    }

    /** Newer platforms have a console also where there is no terminal, and it would show what is typed. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            // Before 22 there is a console at terminals only.
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Thrown where no password could be had; the message says why. */
    static final class NoPasswordException extends Exception {
        private static final long serialVersionUID = 1L;

        NoPasswordException(String message) {
            super(message);
        }
    }

    /** Asks for it twice, without showing it. */
    String asked(String prompt) throws NoPasswordException {
        Console terminal = console;
        if (terminal == null) {
            throw new NoPasswordException("there is no terminal to ask for the password; use --password-stdin");
        }
        char[] once = terminal.readPassword("%s: ", prompt);
        char[] again = once == null ? null : terminal.readPassword("Once more: ");
        if (once == null || again == null) {
            throw new NoPasswordException("no password was given");
        }
        boolean isSame = Arrays.equals(once, again);
        String password = new String(once);
        Arrays.fill(once, ' ');
        Arrays.fill(again, ' ');
        if (!isSame) {
            throw new NoPasswordException("the two passwords differ; nothing was changed");
        }
        return password;
    }

    /** Reads it from the first line. */
    String line() throws NoPasswordException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
                if (line.size() > LONGEST_LINE) {
                    throw new NoPasswordException("the first line of standard input is too long for a password");
                }
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new NoPasswordException("the password on standard input is not UTF-8");
        } catch (IOException e) {
            throw new NoPasswordException("standard input cannot be read: " + e.getMessage());
        }
    }
}
