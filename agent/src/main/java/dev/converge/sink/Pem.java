package dev.converge.sink;

import dev.converge.report.IoReason;
import dev.converge.vault.FileReach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys as other programs keep them, for Java's TLS. */
public final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final char[] NO_PASSWORD = {};

    /** A file that does not hold what it should; its message is a sentence. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
        private final String advice;

        Unfit(String sentence, String advice) {
            super(sentence);
            this.advice = advice;
        }

        public String advice() {
            return advice;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private Pem() {}

    /** What a client needs to trust the server, and to be trusted by it. */
    static SSLContext context(SinkSettings.Tls tls) throws Unfit {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls.caFile()), null);
            return context;
        } catch (IOException e) {
            IoReason reason = IoReason.ofNamed(e);
            throw new Unfit(reason.sentence(), reason.advice().orElse("Put the file where agent.yaml says."));
        } catch (GeneralSecurityException e) {
            throw new Unfit("Java's TLS does not take the certificates: " + e.getMessage(), "Make them anew.");
        }
    }

    /** What a server needs to be trusted. */
    public static SSLContext server(Path certificate, Path key) throws Unfit {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers(certificate, key), null, null);
            return context;
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            throw new Unfit(reason.sentence(), "Name files with a certificate and its key, as PEM.");
        } catch (GeneralSecurityException e) {
            throw new Unfit(
                    "Java's TLS does not take " + certificate + " and " + key + ": " + e.getMessage(),
                    "Look whether the key is that of the certificate.");
        }
    }

    private static /* null: Java's own */ TrustManager[] trust(Optional<Path> caFile)
            throws IOException, GeneralSecurityException, Unfit {
        if (caFile.isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(caFile.get())) {
            store.setCertificateEntry("ca-" + number, certificate);
            number++;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static /* null: nobody */ KeyManager[] keys(SinkSettings.Tls tls)
            throws IOException, GeneralSecurityException, Unfit {
        if (tls.certificate().isEmpty()) {
            return null;
        }
        return managers(tls.certificate().get(), tls.key().orElseThrow());
    }

    private static KeyManager[] managers(Path certificate, Path key)
            throws IOException, GeneralSecurityException, Unfit {
        KeyStore store = empty();
        PrivateKey own = key(key);
        List<Certificate> chain = certificates(certificate);
        if (!isOf(own, chain.get(0))) {
            throw new Unfit(
                    "The key in " + key + " is not that of the first certificate in " + certificate + ".",
                    "Name a certificate with its own key; both are replaced at a renewal.");
        }
        store.setKeyEntry("own", own, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Java takes any two for a pair, and then fails with every client. */
    private static boolean isOf(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // of another length
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException, Unfit {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            throw new Unfit(
                    file + " has no certificate in it.", "It has to have lines of -----BEGIN CERTIFICATE----- (PEM).");
        }
        StringBuilder only = new StringBuilder();
        Matcher each = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
                .matcher(text);
        while (each.find()) {
            only.append(each.group()).append('\n');
        }
        byte[] bytes = only.toString().getBytes(StandardCharsets.ISO_8859_1);
        return List.copyOf(
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes)));
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException, Unfit {
        if (FileReach.of(file) == FileReach.EVERYBODY) {
            throw new Unfit(
                    "The key in " + file + " is not used: every account can read or write it.",
                    "Run chmod 600 " + file + ", and make another one if somebody may have seen it.");
        }
        Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw new Unfit(
                    file + " has no private key as PKCS #8 in it.",
                    "Make one of it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(found.group(1));
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            Optional<PrivateKey> key = key(bytes, algorithm);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new Unfit(file + " has a private key of an unknown kind.", "Take one of EC, RSA or Ed25519.");
    }

    private static Optional<PrivateKey> key(byte[] bytes, String algorithm) throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
