package dev.converge.serve;

import dev.converge.http.Asked;
import dev.converge.http.Reply;
import dev.converge.http.Responder;
import dev.converge.report.IoReason;
import dev.converge.schema.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Answers what machines ask while they boot. Whoever may not have something learns no more than that it is not there. */
final class Answers implements Responder, AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NO_SUCH_METHOD = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int BUSY = 503;
    private static final String AGAIN_SECONDS = "5";
    private static final String AUTHORITY = "[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?";

    private final Frame frame;
    private final Editions editions;
    private final Tokens tokens;
    private final AccessLines lines;
    private volatile boolean stopping;

    Answers(Frame frame, Editions editions, Tokens tokens) {
        this.frame = frame;
        this.editions = editions;
        this.tokens = tokens;
        this.lines = new AccessLines(editions);
    }

    /** From now on its health is that of one that ends. */
    void stop() {
        stopping = true;
    }

    @Override
    public void answer(Asked asked, Consumer<Reply> to) {
        Visit visit = new Visit(asked, to, System.nanoTime());
        if (!asked.method().equals("GET") && !asked.method().equals("HEAD")) {
            visit.end(
                    Endpoint.OTHER,
                    Reply.text(NO_SUCH_METHOD, "GET and HEAD only.\n").with("Allow", "GET, HEAD"));
        } else if (asked.hasBody()) {
            visit.end(
                    Endpoint.OTHER,
                    Reply.text(TOO_LARGE, "Nothing is taken here.\n").with("Connection", "close"));
        } else if (asked.path().equals("/healthz")) {
            visit.end(Endpoint.HEALTHZ, health());
        } else if (asked.path().equals("/metrics")) {
            String text = frame.metrics().text(editions);
            Reply page = Reply.text(OK, text);
            visit.end(
                    Endpoint.METRICS, new Reply(OK, "text/plain; version=0.0.4; charset=utf-8", page.body(), Map.of()));
        } else {
            Optional<Route> route = Route.of(asked);
            route.ifPresentOrElse(known -> ofHost(known, visit), () -> visit.end(Endpoint.OTHER, notThere()));
        }
    }

    private static Reply notThere() {
        return Reply.text(NOT_FOUND, "Not found.\n");
    }

    /** A request until it is answered. */
    private final class Visit {
        private final Asked asked;
        private final Consumer<Reply> to;
        private final long begin;

        Visit(Asked asked, Consumer<Reply> to, long begin) {
            this.asked = asked;
            this.to = to;
            this.begin = begin;
        }

        void end(Endpoint endpoint, Reply reply) {
            long took = System.nanoTime() - begin;
            frame.metrics().answered(endpoint, reply.status(), took);
            frame.log().access(lines.of(asked, reply, took));
            to.accept(reply);
        }

        void end(Route route, ServedHost host, Page page) {
            end(route.endpoint(), page.reply(asked, host.token().isEmpty()));
        }
    }

    private void ofHost(Route route, Visit visit) {
        Optional<ServedHost> found = editions.current().edition().hosts().find(route.host());
        if (editions.isWithdrawn()) {
            visit.end(route.endpoint(), Reply.text(BUSY, "Nothing is served now.\n"));
            return;
        }
        boolean admitted = tokens.admits(found.flatMap(ServedHost::token), route.token(), visit.asked.from());
        if (found.isEmpty() || !admitted) {
            visit.end(route.endpoint(), notThere());
            return;
        }
        ServedHost host = found.get();
        switch (route.endpoint()) {
            case META_DATA -> visit.end(route, host, FirstPages.metaData(host));
            case VENDOR_DATA ->
                visit.end(
                        route,
                        host,
                        Page.text(editions.current().edition().hosts().vendorData()));
            case NETWORK_CONFIG -> visit.end(route, host, Page.text(""));
            case IPXE ->
                FirstPages.ipxe(host, base(visit.asked, host))
                        .ifPresentOrElse(
                                page -> visit.end(route, host, page), () -> visit.end(route.endpoint(), notThere()));
            case USER_DATA -> claimed(route, host, host.form(), visit);
            case RANCHEROS -> claimed(route, host, Form.RANCHEROS, visit);
            case HEALTHZ, METRICS, OTHER -> visit.end(route.endpoint(), notThere());
        }
    }

    /** Where this host's pages are, as the client reaches us: in names of ours alone, since iPXE would obey what else stood there. */
    private String base(Asked asked, ServedHost host) {
        String address = frame.settings()
                .url()
                .orElseGet(() -> (asked.isSecure() ? "https://" : "http://")
                        + asked.header("Host")
                                .filter(name -> name.matches(AUTHORITY))
                                .orElse("localhost"));
        String token = host.token().map(secret -> "/" + secret.reveal()).orElse("");
        return address + token + "/" + host.name() + "/";
    }

    /** A token is used up by what it is for; that is written to the disk, which the thread of other clients does not wait for. */
    private void claimed(Route route, ServedHost host, Form form, Visit visit) {
        if (host.token().isEmpty()) {
            render(route, host, form, visit);
            return;
        }
        try {
            frame.workers().execute(() -> {
                try {
                    if (tokens.claim(host.token().orElseThrow(), visit.asked.from())) {
                        render(route, host, form, visit);
                    } else {
                        visit.end(route.endpoint(), notThere());
                    }
                } catch (IOException e) {
                    frame.log()
                            .say("That a token was used cannot be written down, so nothing is given for it. "
                                    + IoReason.of(e).sentence());
                    visit.end(route.endpoint(), Reply.text(FAILED, "Failed; the log says why.\n"));
                }
            });
        } catch (RejectedExecutionException e) {
            visit.end(route.endpoint(), busy());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it: it ends the visit.
    private void render(Route route, ServedHost host, Form form, Visit visit) {
        Optional<CompletableFuture<Rendering>> asked = rendering(host, form);
        if (asked.isEmpty()) {
            visit.end(route.endpoint(), busy());
            return;
        }
        CompletableFuture<Rendering> made = asked.get();
        CompletableFuture<Rendering> waited = made.isDone()
                ? made
                : made.copy().orTimeout(frame.settings().limit().toMillis(), TimeUnit.MILLISECONDS);
        waited.whenComplete((rendering, late) -> {
            if (rendering == null) {
                visit.end(route.endpoint(), busy());
            } else if (rendering.page().isEmpty()) {
                visit.end(route.endpoint(), Reply.text(FAILED, "This host cannot be rendered; the log says why.\n"));
            } else {
                visit.end(route, host, rendering.page().get());
            }
        });
    }

    /** Of the edition in force; empty when too many wait. */
    private Optional<CompletableFuture<Rendering>> rendering(ServedHost host, Form form) {
        while (true) {
            Renders current = editions.current();
            try {
                ServedHost now = current.edition().hosts().find(host.name()).orElse(host);
                return Optional.of(current.of(now, form));
            } catch (Renders.Retired e) {
                Thread.onSpinWait(); // another one has come into force just now
            } catch (RejectedExecutionException e) {
                return Optional.empty();
            }
        }
    }

    private static Reply busy() {
        return Reply.text(BUSY, "Too many are being rendered; ask again.\n").with("Retry-After", AGAIN_SECONDS);
    }

    private Reply health() {
        Standing standing = editions.standing();
        Edition edition = editions.current().edition();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", stopping ? "stopping" : standing.problem().isPresent() ? "behind" : "ok");
        tree.put("commit", edition.version().commit());
        tree.put("since", standing.since().toString());
        tree.put("hosts", edition.hosts().all().size());
        tree.put("newest", standing.newest());
        standing.problem().ifPresent(problem -> tree.put("problem", problem));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JsonText.write(tree, json);
        return new Reply(stopping ? BUSY : OK, "application/json", ByteBuffer.wrap(json.toByteArray()), Map.of());
    }

    @Override
    public void close() throws IOException {
        tokens.close();
    }
}
