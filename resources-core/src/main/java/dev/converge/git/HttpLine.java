package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/** Connections by HTTP and HTTPS. */
final class HttpLine implements Line, HttpConnectionFactory {
    private final CuttableSockets sockets;
    private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();

    HttpLine(Optional<Path> caFile) {
        this.sockets = new CuttableSockets(trusting(caFile).getSocketFactory());
    }

    @Override
    public void configure(Transport transport) {
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(this);
        }
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        URL ours = new URL(null, url.toExternalForm(), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL same) throws IOException {
                return openConnection(same, Proxy.NO_PROXY);
            }

            @Override
            protected URLConnection openConnection(URL same, Proxy through) throws IOException {
                return noted(url.openConnection(through));
            }
        });
        return new OurConnection(ours, proxy == null ? Proxy.NO_PROXY : proxy);
    }

    private URLConnection noted(URLConnection connection) {
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(sockets);
        }
        if (connection instanceof HttpURLConnection http) {
            open.add(http);
        }
        return connection;
    }

    @Override
    public void cut() {
        sockets.cut();
        // Of plain HTTP no socket can be had, and closing its stream may wait for who reads from it.
        Thread closing = new Thread(() -> open.forEach(HttpURLConnection::disconnect), "cutting HTTP");
        closing.setDaemon(true);
        closing.start();
    }

    private static SSLContext trusting(Optional<Path> caFile) {
        try {
            if (caFile.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities(caFile.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ResourceFailure(
                    "The certificates in " + caFile.map(Path::toString).orElse("the Java platform")
                            + " cannot be read: " + e.getMessage() + ".",
                    "Put the certificate of the server's authority there, in PEM: it begins with -----BEGIN"
                            + " CERTIFICATE-----.");
        }
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            for (Certificate one : all) {
                store.setCertificateEntry("authority " + store.size(), one);
            }
        }
        if (store.size() == 0) {
            throw new IOException("there is none in it");
        }
        return store;
    }

    private static final class OurConnection extends JDKHttpConnection {
        OurConnection(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }
    }
}
