package dev.converge.serve;

import dev.converge.http.Asked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a path leads to: {@code /HOST/ENDPOINT}, or {@code /TOKEN/HOST/ENDPOINT}.
 *
 * @param token from the path or the query
 * @param host as the client calls it
 */
record Route(Optional<String> token, String host, Endpoint endpoint) {
    private static final String IN_QUERY = "token=";

    /** Empty when it leads nowhere. */
    static Optional<Route> of(Asked asked) {
        String[] parts = asked.path().split("/", -1);
        int host = parts.length - 2;
        if (host < 1 || host > 2) {
            return Optional.empty();
        }
        Optional<String> token = host == 2 ? decoded(parts[1]) : inQuery(asked);
        return decoded(parts[host])
                .flatMap(name -> Endpoint.ofHost(parts[host + 1]).map(endpoint -> new Route(token, name, endpoint)));
    }

    private static Optional<String> inQuery(Asked asked) {
        for (String pair : asked.query().orElse("").split("&")) {
            if (pair.startsWith(IN_QUERY)) {
                return decoded(pair.substring(IN_QUERY.length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decoded(String part) {
        try {
            return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
