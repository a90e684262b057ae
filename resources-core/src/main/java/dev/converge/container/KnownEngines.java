package dev.converge.container;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The container engines that a host's resources speak to, each asked once what it is. */
final class KnownEngines {
    /** In the order in which they are tried; where both are installed, Docker's is its own and podman's may be a link to it. */
    static final List<Path> USUAL =
            List.of(Path.of("/run/docker.sock"), Path.of("/var/run/docker.sock"), Path.of("/run/podman/podman.sock"));

    private static final Duration GREETING = Duration.ofSeconds(10);
    private static final String ADVICE =
            "Install and start one: the package podman with the unit podman.socket, or docker.io "
                    + "with docker.service. Where it listens elsewhere, say so with engine.";
    private static final String BROKEN_ADVICE =
            "Start the engine behind the socket (podman.socket or docker.service); 'journalctl -u podman.service' or "
                    + "'-u docker.service' says why it does not answer.";
    private static final String NO_SOCKET = "there is no such socket";

    private final Map<Path, EngineClient> known = new HashMap<>();
    private final Map<Path, ResourceFailure> hanging = new HashMap<>();

    private KnownEngines() {}

    /**
     * The engine at an address, or the first that answers at a usual place.
     *
     * @throws ResourceFailure when none answers
     */
    static EngineClient at(Optional<EngineAddress> address, Host host) throws IOException, InterruptedException {
        return host.database(KnownEngines.class, ignored -> new KnownEngines()).find(address, host);
    }

    /** What moves when something moves that an engine keeps. */
    static WatchPoint watched(Optional<EngineAddress> address, String kind, String name) {
        return new WatchPoint.Engine(address.map(EngineAddress::socket), kind, name);
    }

    /** The one that answers at a usual place; empty when none does. */
    static Optional<EngineClient> usual(Host host) throws IOException, InterruptedException {
        try {
            return Optional.of(at(Optional.empty(), host));
        } catch (ResourceFailure none) {
            return Optional.empty();
        }
    }

    private synchronized EngineClient find(Optional<EngineAddress> address, Host host) throws InterruptedException {
        List<Path> places = address.map(given -> List.of(given.socket())).orElse(USUAL);
        List<String> tried = new ArrayList<>();
        String advice = ADVICE;
        for (Path place : places) {
            EngineClient engine = known.get(place);
            if (engine != null) {
                return engine;
            }
            Optional<String> problem = greet(place, host);
            if (problem.isEmpty()) {
                return known.get(place);
            }
            advice = problem.get().equals(NO_SOCKET) ? advice : BROKEN_ADVICE;
            tried.add(place + " (" + problem.get() + ")");
        }
        throw new ResourceFailure("No container engine answers at " + String.join(", ", tried) + ".", advice);
    }

    /** Why nobody answers there; empty when the engine is known now. One that hangs is not waited for twice. */
    private Optional<String> greet(Path place, Host host) throws InterruptedException {
        if (hanging.containsKey(place)) {
            throw hanging.get(place);
        }
        Path socket = host.path(place);
        if (!Files.exists(socket)) {
            return Optional.of(NO_SOCKET);
        }
        try {
            known.put(place, EngineClient.of(new EngineAddress(place), socket, Greeting.ask(socket, GREETING)));
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            hanging.put(
                    place,
                    new ResourceFailure(
                            "The container engine at " + place + " does not answer within " + GREETING.toSeconds()
                                    + " seconds.",
                            "See its log, and start it again."));
            throw hanging.get(place);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
