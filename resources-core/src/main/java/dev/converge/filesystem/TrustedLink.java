package dev.converge.filesystem;

import dev.converge.process.ThisProcess;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides whether a symbolic link may be followed. As with the kernel's {@code protected_symlinks}, one that a stranger
 * made is not: it would let them choose what root overwrites.
 */
public final class TrustedLink {
    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    private TrustedLink() {}

    /**
     * Fails when neither root nor the user that runs Converge made the link.
     *
     * @param path as the host sees it
     * @param link what is there
     */
    public static void require(Path path, Stat link) throws IOException {
        if (isStranger(link.uid())) {
            throw refusal(path, link);
        }
    }

    /**
     * Fails when a stranger's link is on the way to a folder, unless it leads to what is the stranger's too: nothing is
     * changed there that its maker could not change.
     *
     * @param folder as the host sees it; it may be missing
     */
    public static void requireOnWay(Path folder, Host host) throws IOException {
        Path real = host.path(folder);
        if (!Files.exists(real) || real.toRealPath().equals(real)) {
            return; // nearly always: there is no link at all
        }
        Path reached = folder.getRoot();
        Deque<Path> ahead = new ArrayDeque<>();
        folder.forEach(ahead::addLast);
        for (int links = 0; !ahead.isEmpty() && links < MOST_LINKS; ) {
            Path next = reached.resolve(ahead.removeFirst()).normalize();
            Optional<Stat> link = Stat.of(host.path(next)).filter(Stat::isLink);
            if (link.isEmpty()) {
                reached = next;
                continue;
            }
            requireHarmless(next, link.get(), host);
            Path target = Files.readSymbolicLink(host.path(next));
            reached = target.isAbsolute() ? target.getRoot() : reached;
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                ahead.addFirst(target.getName(i));
            }
            links++;
        }
    }

    private static void requireHarmless(Path path, Stat link, Host host) throws IOException {
        if (isStranger(link.uid())
                && !Files.getAttribute(host.path(path), "unix:uid").equals(link.uid())) {
            throw refusal(path, link);
        }
    }

    private static boolean isStranger(int maker) {
        return maker != 0 && maker != ThisProcess.uid();
    }

    private static ResourceFailure refusal(Path path, Stat link) {
        return new ResourceFailure(
                path + " is a symbolic link that user number " + link.uid() + " made; it is not followed.",
                "Declare the path that it leads to, or remove the link.");
    }
}
