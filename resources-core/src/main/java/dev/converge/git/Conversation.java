package dev.converge.git;

import dev.converge.model.Durations;
import dev.converge.provider.ResourceFailure;
import dev.converge.separate.SeparateLibrary;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.SubmoduleConfig;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** What is said to one server in one go. Nothing of it ever asks a person, and it can be cut. */
final class Conversation implements AutoCloseable {
    private static final SeparateLibrary<Line.Maker> SSH = new SeparateLibrary<>(
            Line.Maker.class,
            List.of("dev.converge.git.SshLine$Maker", "dev.converge.git.SshLine", "dev.converge.git.KnownHosts"),
            "The library for SSH cannot be loaded",
            "Install Converge anew, or reach the repository by HTTPS.");
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final String TRY = "Try 'git ls-remote ";
    private static final Pattern HUNG_UP = Pattern.compile("Broken pipe|Connection reset( by peer)?|Short read of block"
            + "|[Uu]nexpected end of (stream|file from server)|SSL peer shut down incorrectly"
            + "|[Ss]ession (?:[a-z]+ ){0,3}clos(?:ed|ing)\\b[A-Za-z ]*");
    private static final Pattern TRAILING_DOTS = Pattern.compile("[.\\s]+$");

    private final GitAddress address;
    private final Access access;
    private final Duration limit;
    private final Line line;
    private volatile boolean failed;

    /**
     * @param address as it is spoken to
     * @param limit how long all of it may take
     * @throws ResourceFailure when what the access names is not there
     */
    Conversation(GitAddress address, Access access, Duration limit) {
        this.address = address;
        this.access = access;
        this.limit = limit;
        this.line = line(address, access);
    }

    private static Line line(GitAddress address, Access access) {
        if (address.isSsh()) {
            return SSH.get().to(access);
        }
        if (address.isHttp()) {
            return new HttpLine(access.caFile());
        }
        FolderTransport.begin();
        return Line.PLAIN;
    }

    /** Something that is said to the server. */
    interface Talk<T> {
        T with(Conversation conversation) throws IOException, GitAPIException;
    }

    /**
     * Says it, and ends in time whatever the server does.
     *
     * @param patience what to do when the time is over, besides asking the server by hand
     * @throws ResourceFailure when the server does not do
     */
    <T> T hold(Talk<T> talk, String patience) throws IOException, InterruptedException {
        try {
            return TimeLimit.within(limit, "talking to " + address, () -> talk.with(this), this::cut);
        } catch (TimeLimit.Over e) {
            failed = true;
            throw new ResourceFailure(
                    "The repository " + address + " was not read within " + Durations.format(limit) + ".",
                    TRY + address + "' from the host" + patience + ".");
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private ResourceFailure thrown(Throwable cause) throws IOException {
        if (cause instanceof GitAPIException || cause instanceof JGitInternalException) {
            return failure(cause);
        }
        if (cause instanceof ResourceFailure failure) {
            return failure;
        }
        if (cause instanceof IOException failure) {
            throw failure;
        }
        throw new IllegalStateException(cause);
    }

    /** A command that a silent server does not hold up, and that knows whom to say it is. */
    <C extends TransportCommand<C, ?>> C prepared(C command) {
        command.setTimeout(Math.toIntExact(Math.min(SILENCE.toSeconds(), Math.max(1, limit.toSeconds()))));
        command.setTransportConfigCallback(line::configure);
        access.password().ifPresent(password -> command.setCredentialsProvider(new OnlyThere(password.reveal())));
        return command;
    }

    /** A command that brings these, and ends when it is interrupted. Nothing of a checkout inside the checkout is asked. */
    FetchCommand fetch(Git here, String... specs) {
        return prepared(here.fetch())
                .setRemote(address.text())
                .setRefSpecs(specs)
                .setTagOpt(TagOpt.NO_TAGS)
                .setRecurseSubmodules(SubmoduleConfig.FetchRecurseSubmodulesMode.NO)
                .setProgressMonitor(new UntilInterrupted());
    }

    /** All branches and tags there are. */
    Map<String, Ref> refs() throws GitAPIException {
        return prepared(Git.lsRemoteRepository().setRemote(address.text())).callAsMap();
    }

    /** Whether it is the server that did not do. */
    boolean hasFailed() {
        return failed;
    }

    /** Who waits for the server gets an error. */
    void cut() {
        line.cut();
    }

    @Override
    public void close() {
        if (address.isSsh()) {
            line.cut();
        }
    }

    static boolean isSameServer(URIish one, URIish other) {
        return one.getHost() != null
                && one.getHost().equals(other.getHost())
                && one.getPort() == other.getPort()
                && Objects.equals(one.getScheme(), other.getScheme());
    }

    /** What went wrong, in the words of Git, and what to do. */
    ResourceFailure failure(Throwable cause) {
        failed = true;
        if (line.refusal().isPresent()) {
            return line.refusal().get();
        }
        Optional<String> stranger = stranger(cause);
        if (stranger.isPresent()) {
            return new ResourceFailure(
                    unread("the name " + stranger.get() + " is not known"),
                    "Try 'getent hosts " + stranger.get() + "': look at the address, and at how the host finds names.");
        }
        String said = HUNG_UP.matcher(access.masked(said(cause))).replaceFirst("the server closed the connection: $0");
        return new ResourceFailure(unread(TRAILING_DOTS.matcher(said).replaceFirst("")), advice(cause, said));
    }

    private String unread(String why) {
        return "The repository " + address + " could not be read: " + withoutAddress(why) + ".";
    }

    /** Git begins with the address, which has been told. */
    private String withoutAddress(String said) {
        String prefix = address + ": ";
        return said.startsWith(prefix) ? said.substring(prefix.length()) : said;
    }

    /** The host that nobody knows, which its own exception does not say. */
    private static Optional<String> stranger(Throwable cause) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof UnknownHostException) {
                return Optional.ofNullable(one.getMessage()).map(text -> text.replaceFirst(":.*", ""));
            }
        }
        return Optional.empty();
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

    private String advice(Throwable cause, String said) {
        if (said.contains("not authorized") || said.contains("Authentication is required")) {
            return "Give username and password; a token often goes with any username.";
        }
        if (said.contains("Cannot log in") || said.contains("No more authentication methods")) {
            return "Give the public half of "
                    + access.sshKey().map(Object::toString).orElse("sshKey")
                    + " to the server, and the right user before the @ of the address.";
        }
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof SSLHandshakeException && !HUNG_UP.matcher(said).find()) {
                return "If the server's certificate is of an authority of your own, give caFile.";
            }
        }
        return TRY + address + "' from the host.";
    }

    private static final class UntilInterrupted extends EmptyProgressMonitor {
        @Override
        public boolean isCancelled() {
            return Thread.currentThread().isInterrupted();
        }
    }

    /** The password is for this server, wherever it may send Converge. */
    private final class OnlyThere extends UsernamePasswordCredentialsProvider {
        OnlyThere(String password) {
            super(access.user(), password);
        }

        @Override
        public boolean get(URIish asking, CredentialItem... items) throws UnsupportedCredentialItem {
            return isThere(asking) && super.get(asking, items);
        }

        private boolean isThere(URIish asking) {
            try {
                return isSameServer(new URIish(address.text()), asking);
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
