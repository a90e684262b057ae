package dev.converge.git;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Makes the files anew without which Git opens no checkout, after a machine went down while they were written: empty or cut
 * off, since JGit does not wait for the disk. What is repaired counts as under way, so that its revision is checked out
 * again and what differs from it is kept.
 */
final class Repair {
    private static final String INDEX = "index";
    private static final String CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int CHECKSUM = 20;

    private final Path top;
    private final Path repository;
    private boolean damaged;

    private Repair(Path top) {
        this.top = top;
        this.repository = top.resolve(Constants.DOT_GIT);
    }

    /**
     * Repairs what is damaged.
     *
     * @param path of the checkout as the host sees it
     */
    static void of(Path path, Host host) throws IOException {
        Path top = host.path(path);
        if (Files.isDirectory(top.resolve(Constants.DOT_GIT), LinkOption.NOFOLLOW_LINKS)) {
            new Repair(top).repair(path, host);
        }
    }

    private void repair(Path path, Host host) throws IOException {
        boolean index = isDamaged(repository.resolve(INDEX));
        rewrite("config", Optional.of(CONFIG));
        rewrite(Constants.HEAD, lastCommit().map(commit -> commit + "\n"));
        if (!damaged && !index) {
            return;
        }
        try (WorkTree tree = WorkTree.at(top).orElseThrow()) {
            tree.requireNoLinks();
            Optional<ObjectId> head = tree.head();
            if (head.isEmpty()) {
                return;
            }
            tree.putUnderWay(head.get());
            if (index) {
                host.backups().keep(path.resolve(Constants.DOT_GIT).resolve(INDEX));
                Files.deleteIfExists(repository.resolve(INDEX));
                tree.git()
                        .reset()
                        .setMode(ResetCommand.ResetType.MIXED)
                        .setRef(head.get().name())
                        .call();
            }
        } catch (GitAPIException | JGitInternalException e) {
            throw new ResourceFailure(
                    repository + " is damaged and could not be repaired: " + e.getMessage(), "Move the checkout away.");
        }
    }

    /** Never through a link: it may lead anywhere. */
    private void rewrite(String name, Optional<String> text) throws IOException {
        Path file = repository.resolve(name);
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        boolean whole = there && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 0);
        if (whole || text.isEmpty()) {
            return;
        }
        Files.deleteIfExists(file);
        Files.writeString(file, text.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        damaged = true;
    }

    /** The one that a killed run was on its way to; else the one that was checked out last, as the log of HEAD says. */
    private Optional<String> lastCommit() throws IOException {
        Optional<String> underWay = lines(repository.resolve(WorkTree.UNDER_WAY)).stream()
                .filter(line -> COMMIT.matcher(line).matches())
                .findFirst();
        return underWay.or(this::logged);
    }

    private Optional<String> logged() {
        List<String> log = lines(repository.resolve("logs").resolve(Constants.HEAD));
        return log.stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words.length > 2 && COMMIT.matcher(words[1]).matches())
                .map(words -> words[1])
                .reduce((earlier, later) -> later);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // damaged as well
        }
    }

    /** Whether it is not there, or not what its checksum says. See gitformat-index(5). */
    private static boolean isDamaged(Path index) throws IOException {
        if (!Files.exists(index, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isRegularFile(index, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        byte[] content = Files.readAllBytes(index);
        if (content.length < CHECKSUM) {
            return true;
        }
        int end = content.length - CHECKSUM;
        byte[] said = Arrays.copyOfRange(content, end, content.length);
        boolean unchecked = Arrays.equals(said, new byte[CHECKSUM]); // index.skipHash
        return !unchecked && !Arrays.equals(said, sha1(content, end));
    }

    private static byte[] sha1(byte[] content, int end) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(content, 0, end);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
