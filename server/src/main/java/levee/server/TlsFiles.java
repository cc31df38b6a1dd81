package levee.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With what the server proves its name.
 *
 * @param certificate a file of PEM: its own certificate first, then those that lead to a root
 * @param key a file of PEM: its private key as PKCS#8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
    private static final int LARGEST_FILE = 1 << 20;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Nobody else sees the key store; it needs one all the same. */
    static final char[] PASSWORD = {'l', 'e', 'v', 'e', 'e'};

    /**
     * Reads both.
     *
     * @throws ServerException if they cannot be used; the message says what to do
     */
    public KeyStore load() throws ServerException {
        List<X509Certificate> chain = chain();
        PublicKey own = chain.getFirst().getPublicKey();
        PrivateKey secret = secret(own.getAlgorithm());
        if (!belongTogether(secret, own)) {
            throw new ServerException("The key in " + key + " is not that of the first certificate in " + certificate
                    + "; put the server's own certificate first, and name its key.");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("levee", secret, PASSWORD, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new ServerException("The certificate in " + certificate + " cannot be used: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> chain() throws ServerException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate read : factory.generateCertificates(new ByteArrayInputStream(bytes(certificate)))) {
                if (read instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (CertificateException e) {
            throw new ServerException(certificate + " holds no certificates as PEM.", e);
        }
        if (chain.isEmpty()) {
            throw new ServerException(certificate + " holds no certificates as PEM.");
        }
        return chain;
    }

    private PrivateKey secret(String algorithm) throws ServerException {
        String text = new String(bytes(key), StandardCharsets.ISO_8859_1);
        Matcher begin = BEGIN.matcher(text);
        if (!begin.find()) {
            throw new ServerException(key + " holds no private key as PEM.");
        }
        Matcher pem = KEY.matcher(text);
        if (!begin.group(1).equals("PRIVATE KEY") || !pem.find()) {
            String more = begin.group(1).startsWith("ENCRYPTED") ? "" : " -topk8 -nocrypt";
            throw new ServerException("The key in " + key + " is a '" + begin.group(1) + "', and Levee reads PKCS#8"
                    + " that is not encrypted. Convert it: openssl pkcs8" + more + " -in " + key + " -out NEW.pem");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key.
            throw new ServerException("The key in " + key + " is damaged, or of another kind than that of the"
                    + " certificate, which is " + algorithm + ".");
        }
    }

    private static boolean belongTogether(PrivateKey secret, PublicKey known) {
        String algorithm = switch (known.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> known.getAlgorithm();
        };
        byte[] text = "levee".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] bytes(Path file) throws ServerException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ServerException(file + " is too long for PEM.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ServerException(file + " cannot be read: is it there, and may Levee read it?", e);
        }
    }
}
