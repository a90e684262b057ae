package dev.converge.git;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** The repository that a checkout is of, and how it is asked. */
final class Remote {
    /** What repositories have answered in this run. */
    private static final class Known {
        private final ConcurrentMap<Asked, Map<String, Ref>> refs = new ConcurrentHashMap<>();
        private final ConcurrentMap<Asked, Object> locks = new ConcurrentHashMap<>();
    }

    private record Asked(GitAddress address, Access access) {}

    private final GitCheckoutResource resource;
    private final Host host;

    Remote(GitCheckoutResource resource, Host host) {
        Isolation.begin();
        this.resource = resource;
        this.host = host;
    }

    /**
     * Speaks to it, in time.
     *
     * @throws ResourceFailure when it cannot be read
     */
    <T> T hold(Conversation.Talk<T> talk) throws IOException, InterruptedException {
        try (Conversation conversation = new Conversation(address(), access(), resource.timeout())) {
            return conversation.hold(talk, ", or raise timeout");
        }
    }

    /** A path is one that this machine sees. */
    private GitAddress address() {
        GitAddress address = resource.repository().orElseThrow();
        return address.text().startsWith("/")
                ? new GitAddress(real(Path.of(address.text())).toString())
                : address;
    }

    private Access access() {
        return new Access(
                resource.username(),
                resource.password(),
                resource.sshKey().map(this::real),
                Optional.of(real(resource.knownHosts().orElse(Access.SYSTEM_HOSTS))),
                resource.caFile().map(this::real));
    }

    private Path real(Path path) {
        return host.path(path);
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
        return RefNames.unknown(resource.repository().orElseThrow(), resource.revision(), refs);
    }

    /** Asked once in a run, whoever asks first. */
    private Map<String, Ref> refs() throws IOException, InterruptedException {
        Known known = host.database(Known.class, ignored -> new Known());
        Asked asked = new Asked(address(), access());
        synchronized (known.locks.computeIfAbsent(asked, ignored -> new Object())) {
            Map<String, Ref> refs = known.refs.get(asked);
            if (refs == null) {
                refs = hold(Conversation::refs);
                known.refs.put(asked, refs);
            }
            return refs;
        }
    }
}
