package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** What is said to one server in one go. Nothing of it ever asks a person, and it can be cut. */
final class Conversation implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(30);
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
            return new SshLine(access);
        }
        return address.isHttp() ? new HttpLine(access.caFile()) : Line.PLAIN;
    }

    /** A command that a silent server does not hold up, and that knows whom to say it is. */
    <C extends TransportCommand<C, ?>> C prepared(C command) {
        command.setTimeout(Math.toIntExact(Math.min(SILENCE.toSeconds(), Math.max(1, limit.toSeconds()))));
        command.setTransportConfigCallback(line::configure);
        access.password().ifPresent(password -> command.setCredentialsProvider(new OnlyThere(password.reveal())));
        return command;
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
        if (line instanceof SshLine) {
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
        if (line instanceof SshLine ssh && ssh.refusal().isPresent()) {
            return ssh.refusal().get();
        }
        String said = access.masked(Remote.said(cause));
        return new ResourceFailure(
                "The repository " + address + " could not be read: "
                        + TRAILING_DOTS.matcher(said).replaceFirst("") + ".",
                advice(cause, said));
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
            if (one instanceof SSLHandshakeException) {
                return "If the server's certificate is of an authority of your own, give caFile.";
            }
        }
        return "Try 'git ls-remote " + address + "' from the host.";
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
