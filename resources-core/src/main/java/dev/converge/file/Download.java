package dev.converge.file;

import dev.converge.model.Content;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Content that a web server has; fetched when it is written, and only then, for its checksum says what it will be.
 *
 * @param address an http or https address
 */
record Download(URI address) implements Content {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofMinutes(60);

    @Override
    public long size() {
        return -1;
    }

    @Override
    public String identity() {
        return address.toString();
    }

    @Override
    public boolean isSensitive() {
        return false;
    }

    @Override
    public InputStream open() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(SILENCE.toMillis()));
        int status = status(connection);
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw new ResourceFailure(
                    this + " answers " + status + " " + connection.getResponseMessage() + ".",
                    "Look at the address with 'curl -I'.");
        }
        return new LimitedStream(connection.getInputStream(), toString(), WHOLE);
    }

    private int status(HttpURLConnection connection) {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            throw new ResourceFailure(
                    "Cannot reach " + this + ": " + e.getMessage() + ".",
                    "Check the address and the network; https_proxy is not read, -Dhttps.proxyHost is.");
        }
    }

    @Override
    public Optional<String> digest() {
        return Optional.empty();
    }

    @Override
    public Optional<String> text() {
        return Optional.empty();
    }

    /** The address without a user's name and password. */
    @Override
    public String toString() {
        return address.getRawUserInfo() == null
                ? address.toString()
                : address.toString().replace(address.getRawUserInfo() + "@", "");
    }
}
