package dev.converge.git;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;

/**
 * Puts TLS over connections, and remembers those: closing the connection below ends a read at once, while closing TLS
 * first tells the other side, which may not listen.
 */
final class CuttableSockets extends SSLSocketFactory {
    private final SSLSocketFactory outer;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CuttableSockets(SSLSocketFactory outer) {
        this.outer = outer;
    }

    void cut() {
        cut = true;
        open.forEach(CuttableSockets::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then it is closed
        }
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        open.add(below);
        if (cut) {
            close(below);
        }
        return outer.createSocket(below, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return outer.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return outer.createSocket(host, port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return outer.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return outer.createSocket(host, port, from, fromPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return outer.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return outer.getSupportedCipherSuites();
    }
}
