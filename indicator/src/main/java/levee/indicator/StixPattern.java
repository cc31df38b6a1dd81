package levee.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Patterns of STIX 2.1 (section 9) that name values: comparisons with {@code =}, {@code IN} and {@code ISSUBSET}, joined by
 * {@code OR} within and between observations; also the destination of traffic with its port. What needs more to be true than one value, such as
 * {@code AND} and {@code FOLLOWEDBY}, is not supported, since each value alone says too little.
 */
final class StixPattern {
    private static final int MOST_VALUES = 10_000;

    private final String pattern;
    private int at;

    private StixPattern(String pattern) {
        this.pattern = pattern;
    }

    sealed interface Result permits Values, Unsupported, Malformed {}

    /** Each of them alone makes the pattern true. */
    record Values(List<Value> list) implements Result {}

    record Unsupported() implements Result {}

    record Malformed() implements Result {}

    /** @param type in the words of {@link Intake#typed} */
    record Value(String type, String value) {}

    /** What is asked of an object's property. */
    private record Comparison(String path, List<String> values) {}

    /** A token: a word or sign, or a text in quotation marks. */
    private record Token(String text, boolean isText) {
        boolean is(String wanted) {
            return !isText && text.equalsIgnoreCase(wanted);
        }
    }

    private static final Token END = new Token("", false);

    private static final class UnsupportedException extends Exception {
        private static final long serialVersionUID = 1;

        UnsupportedException() {
            super("", null, false, false);
        }
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException() {
            super("", null, false, false);
        }
    }

    static Result parse(String pattern) {
        try {
            return new Values(new StixPattern(pattern).observations());
        } catch (UnsupportedException e) {
            return new Unsupported();
        } catch (MalformedException e) {
            return new Malformed();
        }
    }

    private List<Value> observations() throws UnsupportedException, MalformedException {
        List<Value> values = new ArrayList<>();
        int open = 0;
        while (true) {
            Token token = next();
            while (token.is("(")) {
                open++;
                token = next();
            }
            expect(token, "[");
            observation(values);
            token = next();
            while (token.is(")") && open > 0) {
                open--;
                token = next();
            }
            if (token.equals(END) && open == 0) {
                return values;
            }
            if (!token.is("OR")) {
                unsupportedOrMalformed(token);
            }
        }
    }

    private static void expect(Token token, String wanted) throws MalformedException {
        if (!token.is(wanted)) {
            throw new MalformedException();
        }
    }

    private static void unsupportedOrMalformed(Token token) throws UnsupportedException, MalformedException {
        if (token.is("AND")
                || token.is("FOLLOWEDBY")
                || token.is("WITHIN")
                || token.is("REPEATS")
                || token.is("START")
                || token.is("NOT")
                || token.is("(")
                || token.is("MATCHES")
                || token.is("LIKE")
                || token.is("ISSUPERSET")
                || token.is("EXISTS")
                || !token.isText() && token.text().matches("[<>!]=?")) {
            throw new UnsupportedException();
        }
        throw new MalformedException();
    }

    /** What is between brackets, which are open. */
    private void observation(List<Value> values) throws UnsupportedException, MalformedException {
        List<Comparison> together = new ArrayList<>();
        while (true) {
            together.add(comparison());
            Token token = next();
            if (token.is("AND")) {
                if (together.size() > 8) {
                    throw new UnsupportedException();
                }
                continue;
            }
            add(together, values);
            together.clear();
            if (token.is("]")) {
                return;
            }
            if (!token.is("OR")) {
                unsupportedOrMalformed(token);
            }
        }
    }

    private Comparison comparison() throws UnsupportedException, MalformedException {
        Token path = next();
        if (path.isText() || path.text().indexOf(':') < 0) {
            unsupportedOrMalformed(path);
        }
        Token operator = next();
        if (operator.is("IN")) {
            expect(next(), "(");
            List<String> values = new ArrayList<>();
            while (true) {
                values.add(next().text());
                Token token = next();
                if (token.is(")")) {
                    return new Comparison(path.text(), values);
                }
                expect(token, ",");
                if (values.size() > MOST_VALUES) {
                    throw new UnsupportedException();
                }
            }
        }
        if (!operator.is("=") && !operator.is("==") && !operator.is("ISSUBSET")) {
            unsupportedOrMalformed(operator);
        }
        Token value = next();
        if (value.equals(END)) {
            throw new MalformedException();
        }
        return new Comparison(path.text(), List.of(value.text()));
    }

    private static void add(List<Comparison> together, List<Value> values) throws UnsupportedException {
        if (together.size() > 1) {
            values.add(destination(together));
            return;
        }
        Comparison only = together.getFirst();
        String type =
                switch (only.path().toLowerCase(Locale.ROOT).replace("'", "").replace("\"", "")) {
                    case "ipv4-addr:value", "ipv6-addr:value", "network-traffic:dst_ref.value" -> "ip";
                    case "domain-name:value" -> "domain";
                    case "url:value" -> "url";
                    case "x509-certificate:hashes.sha-1" -> "x509-fingerprint-sha1";
                    case "x509-certificate:hashes.sha-256" -> "x509-fingerprint-sha256";
                    default -> throw new UnsupportedException();
                };
        only.values().forEach(value -> values.add(new Value(type, value)));
    }

    /** An address that traffic goes to, with the port. */
    private static Value destination(List<Comparison> together) throws UnsupportedException {
        String address = "";
        String port = "";
        for (Comparison comparison : together) {
            String value = comparison.values().getFirst();
            if (comparison.values().size() > 1) {
                throw new UnsupportedException();
            }
            switch (comparison.path()) {
                case "network-traffic:dst_ref.value" -> address = value;
                case "network-traffic:dst_port" -> port = value;
                case "network-traffic:dst_ref.type", "network-traffic:protocols[*]", "network-traffic:protocols[0]" -> {
                    // Says nothing that the address does not.
                }
                default -> throw new UnsupportedException();
            }
        }
        if (address.isEmpty()) {
            throw new UnsupportedException();
        }
        return port.isEmpty() ? new Value("ip", address) : new Value("ip-dst|port", address + "|" + port);
    }

    private Token next() throws MalformedException {
        while (at < pattern.length() && Character.isWhitespace(pattern.charAt(at))) {
            at++;
        }
        if (at == pattern.length()) {
            return END;
        }
        char first = pattern.charAt(at);
        if (first == '\'') {
            return text();
        }
        if ("[](),".indexOf(first) >= 0) {
            at++;
            return new Token(String.valueOf(first), false);
        }
        int start = at;
        if ("=<>!".indexOf(first) >= 0) {
            while (at < pattern.length() && "=<>!".indexOf(pattern.charAt(at)) >= 0) {
                at++;
            }
            return new Token(pattern.substring(start, at), false);
        }
        // Paths may hold indexes and names in quotation marks: "protocols[*]", "hashes.'SHA-1'".
        boolean isPath = false;
        while (at < pattern.length() && isOfWord(pattern.charAt(at), isPath)) {
            char character = pattern.charAt(at);
            isPath |= character == ':';
            if (character == '\'' || character == '[') {
                int end = pattern.indexOf(character == '[' ? ']' : '\'', at + 1);
                if (end < 0) {
                    throw new MalformedException();
                }
                at = end;
            }
            at++;
        }
        if (at == start) {
            throw new MalformedException();
        }
        return new Token(pattern.substring(start, at), false);
    }

    private static boolean isOfWord(char character, boolean isPath) {
        return character == '\'' || character == '['
                ? isPath
                : !Character.isWhitespace(character) && "](),=<>!".indexOf(character) < 0;
    }

    private Token text() throws MalformedException {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < pattern.length()) {
            char character = pattern.charAt(at++);
            if (character == '\'') {
                return new Token(text.toString(), true);
            }
            if (character == '\\' && at < pattern.length()) {
                character = pattern.charAt(at++);
            }
            text.append(character);
        }
        throw new MalformedException();
    }
}
