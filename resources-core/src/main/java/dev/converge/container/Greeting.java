package dev.converge.container;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an engine says of itself before it is spoken to.
 *
 * @param version of the product, such as {@code 20.10.24}
 * @param newest the newest version of the API that it serves
 * @param oldest the oldest one
 */
record Greeting(boolean podman, String version, String newest, String oldest) {
    /** podman's; see {@code version.go} in its sources. */
    private static final String PODMANS_OLDEST = "1.24";

    /**
     * Asks for it. podman says enough with its ping: for {@code /version} it has the package manager look up whose its
     * programs are, which takes half a second.
     */
    static Greeting ask(Path socket, Duration limit) throws IOException, InterruptedException {
        HttpAnswer ping = answer("/_ping", socket, limit);
        String libpod = ping.headers().get("libpod-api-version");
        if (libpod != null) {
            return new Greeting(
                    true, libpod, ping.headers().getOrDefault("api-version", PODMANS_OLDEST), PODMANS_OLDEST);
        }
        Json said = Json.parse(answer("/version", socket, limit).body());
        boolean podman = said.at("Components").items().stream()
                .anyMatch(part -> part.at("Name").text().orElse("").startsWith("Podman"));
        String newest = said.at("ApiVersion").text().orElse(EngineClient.SPOKEN);
        String oldest = said.at("MinAPIVersion").text().orElse(EngineClient.SPOKEN);
        return new Greeting(podman, said.at("Version").text().orElse(""), newest, oldest);
    }

    private static HttpAnswer answer(String target, Path socket, Duration limit)
            throws IOException, InterruptedException {
        HttpAnswer answer = HttpCall.get(target).within(limit).send(socket);
        if (answer.status() != 200) {
            throw new IOException("it answers with status " + answer.status());
        }
        return answer;
    }
}
