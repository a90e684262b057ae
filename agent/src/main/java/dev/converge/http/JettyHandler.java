package dev.converge.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Puts what Jetty has read into our words, and our answers into its own. No thread of it waits for an answer. */
final class JettyHandler extends Handler.Abstract.NonBlocking {
    private static final int NOT_MODIFIED = 304;

    private final Responder responder;

    JettyHandler(Responder responder) {
        this.responder = responder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        responder.answer(asked(request), reply -> send(reply, response, callback));
        return true;
    }

    private static Asked asked(Request request) {
        HttpFields headers = request.getHeaders();
        boolean hasBody =
                headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING);
        return new Asked(
                request.getMethod(),
                request.getHttpURI().getPath(),
                Optional.ofNullable(request.getHttpURI().getQuery()),
                Request.getRemoteAddr(request),
                request.isSecure(),
                hasBody,
                name -> Optional.ofNullable(headers.getField(name)).map(HttpField::getValue));
    }

    private static void send(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        reply.headers().forEach(headers::put);
        if (reply.status() == NOT_MODIFIED) {
            callback.succeeded(); // a length of 0 would be said of the page, which has another
            return;
        }
        headers.put(HttpHeader.CONTENT_TYPE, reply.mediaType());
        headers.put(HttpHeader.CONTENT_LENGTH, reply.body().remaining());
        response.write(true, reply.body().slice(), callback);
    }
}
