package dev.converge.process;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What the account that runs Converge may do: what it may not, a dry run says too.
 *
 * @param uid its number
 * @param groups the numbers of the groups that it is in
 */
public record Rights(int uid, Set<Integer> groups) {
    /** What to do about a right that is missing. */
    public static final String ADVICE = "Run Converge as root.";

    private static final int ROOT = 0;

    public static Rights of(Host host) throws IOException, InterruptedException {
        return host.database(Rights.class, ignored -> new Rights(ThisProcess.uid(), ThisProcess.groups()));
    }

    /**
     * Fails unless root runs Converge.
     *
     * @param what only root can do, such as {@code change packages}
     */
    public static void requireRoot(String what, Host host) throws IOException, InterruptedException {
        lacksRoot(what, host).ifPresent(failure -> {
            throw failure;
        });
    }

    /** The failure of {@link #requireRoot}, for those that have many changes to refuse. */
    public static Optional<ResourceFailure> lacksRoot(String what, Host host) throws IOException, InterruptedException {
        return of(host).isRoot()
                ? Optional.empty()
                : Optional.of(new ResourceFailure("Only root can " + what + ".", ADVICE));
    }

    public boolean isRoot() {
        return uid == ROOT;
    }
}
