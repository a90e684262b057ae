package dev.converge.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what is no HTTP, or goes too far, with one line and nothing of ours; tells of that, and of failed handshakes. */
final class Refusals implements Request.Handler, SslHandshakeListener {
    /** What the client objects to (RFC 8446, 6.2), such as a certificate that it does not trust. */
    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w{1,40})");

    private final Responder responder;

    Refusals(Responder responder) {
        this.responder = responder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        byte[] text = ("Refused: " + status + ".\n").getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
        responder.refused(new Refused(Request.getRemoteAddr(request), Optional.of(status), text.length, why(status)));
        response.write(true, ByteBuffer.wrap(text), callback);
        return true;
    }

    private static String why(int status) {
        return switch (status) {
            case HttpStatus.BAD_REQUEST_400 -> "malformed request";
            case HttpStatus.URI_TOO_LONG_414 -> "address too long";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "head too long";
            default -> HttpStatus.getMessage(status);
        };
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        Matcher alert = ALERT.matcher(String.valueOf(failure.getMessage()));
        String why = alert.find() ? "TLS refused by the client: " + alert.group(1) : "TLS handshake failed";
        responder.refused(new Refused(address(event.getEndPoint().getRemoteSocketAddress()), Optional.empty(), 0, why));
    }

    private static String address(SocketAddress from) {
        return from instanceof InetSocketAddress known ? known.getAddress().getHostAddress() : "-";
    }
}
