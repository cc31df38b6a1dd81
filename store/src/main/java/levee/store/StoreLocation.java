package levee.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where a store is. What {@code toString} says holds no secret. */
public sealed interface StoreLocation {

    /** A file of SQLite, for processes on one machine. Two files beside it, with {@code -wal} and {@code -shm} added, belong to it. */
    record SqliteFile(Path file) implements StoreLocation {
        public SqliteFile {
            // The JDBC driver takes what follows for options.
            if (file.toString().indexOf('?') >= 0) {
                throw new IllegalArgumentException("the name of the store's file may not hold a question mark");
            }
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A database of PostgreSQL, which several may share. Tables are kept in a schema of their own, {@code levee}.
     *
     * @param servers such as {@code localhost} or {@code one:5432,two:5432}
     * @param user the name of the system's user if empty
     * @param password taken from the password file of PostgreSQL if empty
     * @param parameters others that the JDBC driver of PostgreSQL knows, such as {@code sslmode}
     */
    record PostgresDatabase(
            String servers,
            String database,
            Optional<String> user,
            Optional<String> password,
            Map<String, String> parameters)
            implements StoreLocation {
        public PostgresDatabase {
            parameters = Map.copyOf(parameters);
        }

        public PostgresDatabase withPassword(String password) {
            return new PostgresDatabase(servers, database, user, Optional.of(password), parameters);
        }

        /** Without password and parameters, which may hold secrets. */
        @Override
        public String toString() {
            return "postgresql://" + user.map(name -> name + "@").orElse("") + servers + "/" + database;
        }
    }

    /**
     * Reads {@code postgresql://user:password@servers/database?parameters}, with {@code jdbc:} before it or not, or the
     * name of a file.
     *
     * @throws IllegalArgumentException if it is neither; the message does not repeat the text, which may hold a password
     */
    static StoreLocation parse(String text) {
        String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        for (String scheme : new String[] {"postgresql://", "postgres://"}) {
            if (plain.startsWith(scheme)) {
                return parsePostgres(plain.substring(scheme.length()));
            }
        }
        String file = plain.startsWith("sqlite:") ? plain.substring("sqlite:".length()) : plain;
        if (file.isBlank()
                || Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:").matcher(file).lookingAt()) {
            throw new IllegalArgumentException(
                    "a store is the name of a file, or postgresql://USER:PASSWORD@SERVER/DATABASE");
        }
        try {
            return new SqliteFile(Path.of(file));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("the name of the store's file is not one that this system allows");
        }
    }

    private static PostgresDatabase parsePostgres(String text) {
        int question = text.indexOf('?');
        String address = question < 0 ? text : text.substring(0, question);
        int slash = address.lastIndexOf('/');
        int at = address.lastIndexOf('@');
        String servers = address.substring(at + 1, Math.max(at + 1, slash));
        if (slash < at || servers.isEmpty() || slash == address.length() - 1) {
            throw new IllegalArgumentException("the location of the store lacks a server or a database:"
                    + " postgresql://USER:PASSWORD@SERVER/DATABASE");
        }
        Map<String, String> parameters = new TreeMap<>();
        if (at >= 0) {
            String user = address.substring(0, at);
            int colon = user.indexOf(':');
            parameters.put("user", decode(colon < 0 ? user : user.substring(0, colon)));
            if (colon >= 0) {
                parameters.put("password", decode(user.substring(colon + 1)));
            }
        }
        if (question >= 0) {
            for (String parameter : text.substring(question + 1).split("&")) {
                int equals = parameter.indexOf('=');
                if (equals <= 0) {
                    throw new IllegalArgumentException("a parameter in the location of the store has no value");
                }
                parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            }
        }
        Optional<String> user = Optional.ofNullable(parameters.remove("user"));
        Optional<String> password = Optional.ofNullable(parameters.remove("password"));
        return new PostgresDatabase(servers, decode(address.substring(slash + 1)), user, password, parameters);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a percent sign in the location of the store is not followed by two digits");
        }
    }
}
