package dev.converge.serve;

import dev.converge.http.Asked;
import dev.converge.http.Refused;
import dev.converge.http.Reply;
import dev.converge.http.Responder;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final String NO_PATH = "unknown path";
    private static final String AUTHORITY = "[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?";

    private final ServerParts parts;
    private final Editions editions;
    private final Tokens tokens;
    private final AccessLines lines;

    Answers(ServerParts parts, Editions editions, Tokens tokens) {
        this.parts = parts;
        this.editions = editions;
        this.tokens = tokens;
        this.lines = new AccessLines(editions);
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
            visit.end(Endpoint.HEALTHZ, Health.of(editions));
        } else if (asked.path().equals("/metrics")) {
            String text = parts.metrics().text(editions);
            Reply page = Reply.text(OK, text);
            visit.end(
                    Endpoint.METRICS, new Reply(OK, "text/plain; version=0.0.4; charset=utf-8", page.body(), Map.of()));
        } else {
            Optional<Route> route = Route.of(asked);
            route.ifPresentOrElse(
                    known -> ofHost(known, visit), () -> visit.refuse(Endpoint.OTHER, notThere(), NO_PATH));
        }
    }

    @Override
    public void refused(Refused refused) {
        refused.status().ifPresent(status -> parts.metrics().answered(Endpoint.OTHER, status, 0));
        parts.log().access(lines.of(refused));
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
            end(endpoint, reply, Optional.empty());
        }

        /** @param why is for the log, and not for the client */
        void refuse(Endpoint endpoint, Reply reply, String why) {
            end(endpoint, reply, Optional.of(why));
        }

        private void end(Endpoint endpoint, Reply reply, Optional<String> why) {
            long took = System.nanoTime() - begin;
            parts.metrics().answered(endpoint, reply.status(), took);
            parts.log().access(lines.of(asked, reply, took, why));
            to.accept(reply);
        }

        void end(Route route, ServedHost host, Page page) {
            end(route.endpoint(), page.reply(asked, host.token().isEmpty()));
        }
    }

    private void ofHost(Route route, Visit visit) {
        Optional<ServedHost> found = editions.current().edition().hosts().find(route.host());
        if (editions.isWithdrawn()) {
            visit.refuse(route.endpoint(), Reply.text(BUSY, "Nothing is served now.\n"), "its signer may not any more");
            return;
        }
        Admission admission = tokens.admits(found.flatMap(ServedHost::token), route.token(), visit.asked.from());
        if (found.isEmpty() || admission != Admission.GRANTED) {
            visit.refuse(route.endpoint(), notThere(), found.isEmpty() ? "unknown host" : admission.why());
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
                                page -> visit.end(route, host, page),
                                () -> visit.refuse(route.endpoint(), notThere(), "the host has no boot in the table"));
            case USER_DATA, RANCHEROS -> claimed(route, host, visit);
            case HEALTHZ, METRICS, OTHER -> visit.refuse(route.endpoint(), notThere(), NO_PATH);
        }
    }

    /** Where this host's pages are, as the client reaches us: in names of ours alone, since iPXE would obey what else stood there. */
    private String base(Asked asked, ServedHost host) {
        String address = parts.settings()
                .url()
                .orElseGet(() -> (asked.isSecure() ? "https://" : "http://")
                        + asked.header("Host")
                                .filter(name -> name.matches(AUTHORITY))
                                .orElse("localhost"));
        String token = host.token().map(secret -> "/" + secret.reveal()).orElse("");
        return address + token + "/" + host.name() + "/";
    }

    /** A token is used up by what it is for. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it: it ends the visit.
    private void claimed(Route route, ServedHost host, Visit visit) {
        if (host.token().isEmpty()) {
            render(route, host, visit);
            return;
        }
        inTime(tokens.claim(host.token().get(), visit.asked.from()), visit).whenComplete((admission, failure) -> {
            if (admission == Admission.GRANTED) {
                render(route, host, visit);
            } else if (admission != null) {
                visit.refuse(route.endpoint(), notThere(), admission.why());
            } else if (failure instanceof TimeoutException || cause(failure) instanceof RejectedExecutionException) {
                visit.refuse(route.endpoint(), busy(), "that its token is used is not written down yet");
            } else {
                parts.log()
                        .say("That a token was used cannot be written down, so nothing is given for it. "
                                + reason(cause(failure)));
                visit.end(route.endpoint(), Reply.text(FAILED, "Failed; the log says why.\n"));
            }
        });
    }

    private static String reason(Throwable failure) {
        return failure instanceof IOException io ? IoReason.of(io).sentence() : String.valueOf(failure);
    }

    /** Of the edition in force, which may be another one than that in which the host was found. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it: it ends the visit.
    private void render(Route route, ServedHost then, Visit visit) {
        Renders current = editions.current();
        Optional<ServedHost> now = current.edition().hosts().find(then.name()).filter(host -> host.token()
                .equals(then.token()));
        if (now.isEmpty()) {
            visit.refuse(route.endpoint(), notThere(), "unknown host since just now");
            return;
        }
        ServedHost host = now.get();
        CompletableFuture<Rendering> made =
                current.of(host, route.endpoint() == Endpoint.RANCHEROS ? Form.RANCHEROS : host.form());
        inTime(made, visit).whenComplete((rendering, failure) -> {
            if (rendering != null) {
                given(route, host, rendering, visit);
            } else if (cause(failure) instanceof Renders.Retired) {
                render(route, then, visit);
            } else {
                String why = failure instanceof TimeoutException ? "not rendered in time" : "too many wait";
                visit.refuse(route.endpoint(), busy(), why);
            }
        });
    }

    private static void given(Route route, ServedHost host, Rendering rendering, Visit visit) {
        rendering
                .page()
                .ifPresentOrElse(
                        page -> visit.end(route, host, page),
                        () -> visit.refuse(
                                route.endpoint(),
                                Reply.text(FAILED, "This host cannot be rendered; the log says why.\n"),
                                "it cannot be rendered"));
    }

    /** The same, or a {@link TimeoutException} when the client has waited for long enough. */
    private <T> CompletableFuture<T> inTime(CompletableFuture<T> made, Visit visit) {
        if (made.isDone()) {
            return made;
        }
        long left = visit.begin + parts.settings().limit().toNanos() - System.nanoTime();
        return made.copy().orTimeout(left, TimeUnit.NANOSECONDS);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Reply busy() {
        return Reply.text(BUSY, "Too many are being rendered; ask again.\n").with("Retry-After", AGAIN_SECONDS);
    }

    @Override
    public void close() throws IOException {
        tokens.close();
    }
}
