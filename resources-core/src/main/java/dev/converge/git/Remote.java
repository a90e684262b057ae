package dev.converge.git;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Durations;
import dev.converge.model.Secret;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** The repository that a checkout is of, and how it is asked. Nothing of it ever asks a person. */
final class Remote {
    /** A server that says nothing for this long is not there. */
    private static final Pattern TRAILING_DOTS = Pattern.compile("[.\\s]+$");

    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** What repositories have answered in this run. */
    private static final class Known {
        private final ConcurrentMap<List<String>, Map<String, Ref>> refs = new ConcurrentHashMap<>();
        private final ConcurrentMap<List<String>, Object> locks = new ConcurrentHashMap<>();
    }

    private final GitCheckoutResource resource;
    private final Host host;

    Remote(GitCheckoutResource resource, Host host) {
        Isolation.begin();
        this.resource = resource;
        this.host = host;
    }

    /** Its address, a path as this machine sees it. */
    String address() {
        String address = resource.repository().orElseThrow().text();
        return address.startsWith("/") ? host.path(Path.of(address)).toString() : address;
    }

    /** A command that ends in time and knows whom to say it is. */
    <C extends TransportCommand<C, ?>> C prepared(C command) {
        long seconds =
                Math.min(SILENCE.toSeconds(), Math.max(1, resource.timeout().toSeconds()));
        command.setTimeout(Math.toIntExact(seconds));
        resource.password()
                .ifPresent(password -> command.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                        resource.username().orElse("git"), password.reveal())));
        return command;
    }

    /** What the revision is there. */
    Revision resolve() throws IOException, InterruptedException {
        String name = resource.revision();
        if (ObjectId.isId(name)) {
            return new Revision(ObjectId.fromString(name), Optional.empty());
        }
        Map<String, Ref> refs = refs();
        if (name.equals(Constants.HEAD)) {
            return Optional.ofNullable(refs.get(Constants.HEAD))
                    .map(Remote::ofHead)
                    .orElseThrow(() -> unknown(refs));
        }
        Ref branch = refs.get(Constants.R_HEADS + name);
        if (branch != null) {
            return new Revision(branch.getObjectId(), Optional.of(name));
        }
        Ref tag = refs.get(Constants.R_TAGS + name);
        if (tag == null) {
            throw unknown(refs);
        }
        Ref peeled = refs.getOrDefault(Constants.R_TAGS + name + "^{}", tag);
        ObjectId commit = tag.getPeeledObjectId() == null ? peeled.getObjectId() : tag.getPeeledObjectId();
        return new Revision(commit, Optional.empty());
    }

    private static Revision ofHead(Ref head) {
        String branch = head.getTarget().getName();
        return new Revision(
                head.getObjectId(),
                branch.startsWith(Constants.R_HEADS)
                        ? Optional.of(branch.substring(Constants.R_HEADS.length()))
                        : Optional.empty());
    }

    private ResourceFailure unknown(Map<String, Ref> refs) {
        List<String> names = refs.keySet().stream()
                .filter(name -> name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS))
                .map(name -> name.replaceFirst("refs/[^/]+/", ""))
                .toList();
        return new ResourceFailure(
                resource.repository().orElseThrow() + " has neither a branch nor a tag \"" + resource.revision()
                        + "\".",
                Suggestions.didYouMean(resource.revision(), names)
                        .orElse("Name one of those, or a commit by all of its 40 digits."));
    }

    /** Asked once in a run, whoever asks first. */
    private Map<String, Ref> refs() throws IOException, InterruptedException {
        Known known = host.database(Known.class, ignored -> new Known());
        List<String> key = List.of(
                address(),
                resource.username().orElse(""),
                resource.password().map(Secret::reveal).orElse(""));
        synchronized (known.locks.computeIfAbsent(key, ignored -> new Object())) {
            Map<String, Ref> refs = known.refs.get(key);
            if (refs == null) {
                refs = list();
                known.refs.put(key, refs);
            }
            return refs;
        }
    }

    /** In a thread of its own, which a server that never stops talking may keep: it reads only. */
    private Map<String, Ref> list() throws InterruptedException {
        FutureTask<Map<String, Ref>> asked = new FutureTask<>(
                () -> prepared(Git.lsRemoteRepository().setRemote(address())).callAsMap());
        Thread asking = new Thread(asked, "asking " + resource.repository().orElseThrow());
        asking.setDaemon(true);
        asking.start();
        try {
            return asked.get(resource.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new ResourceFailure(
                    "The repository " + resource.repository().orElseThrow() + " did not answer within "
                            + Durations.format(resource.timeout()) + ".",
                    "Try 'git ls-remote' from the host, or raise timeout.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GitAPIException || e.getCause() instanceof JGitInternalException) {
                throw failure((Exception) e.getCause());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What went wrong with it, in the words of Git. */
    ResourceFailure failure(Exception cause) {
        String said = said(cause);
        String shown = resource.password()
                .map(password -> said.replace(password.reveal(), Secret.MASK))
                .orElse(said);
        boolean refused = shown.contains("not authorized") || shown.contains("Authentication is required");
        return new ResourceFailure(
                "The repository " + resource.repository().orElseThrow() + " could not be read: "
                        + TRAILING_DOTS.matcher(shown).replaceFirst("") + ".",
                refused
                        ? "Give username and password; a token often goes with any username."
                        : "Try 'git ls-remote' from the host.");
    }

    /** What Git says, and what it was told by what lies below. */
    static String said(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String outer = String.valueOf(failure.getMessage());
        String inner = String.valueOf(root.getMessage());
        return outer.contains(inner) ? outer : outer + " (" + inner + ")";
    }
}
