package dev.converge.http;

import java.io.IOException;

/** Makes servers with Jetty. Public because {@link dev.converge.separate.SeparateLibrary} makes it. */
public final class JettyMaker implements HttpServer.Maker {
    /** For the library that it is in. */
    public JettyMaker() {}

    @Override
    public HttpServer start(HttpSettings settings, Responder responder) throws IOException {
        return JettyServer.start(settings, responder);
    }
}
