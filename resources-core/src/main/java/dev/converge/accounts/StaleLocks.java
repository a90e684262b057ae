package dev.converge.accounts;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lock files that a killed program of the shadow suite has left beside the account files. Each holds the number of its
 * process. The suite itself removes one whose process is gone; but the number may belong to another process by now, and
 * then nobody can change an account until a person removes the file.
 */
final class StaleLocks {
    private static final List<Path> LOCKS = List.of(
            Path.of("/etc/passwd.lock"),
            Path.of("/etc/shadow.lock"),
            Path.of("/etc/group.lock"),
            Path.of("/etc/gshadow.lock"),
            Path.of("/etc/subuid.lock"),
            Path.of("/etc/subgid.lock"));

    /** Starts of processes are known to a tick, times of files to a jiffy. */
    private static final long SLACK_SECONDS = 1;

    private StaleLocks() {}

    static void remove(Host host) throws IOException {
        for (Path lock : LOCKS) {
            Path real = host.path(lock);
            if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) && !isHeld(real)) {
                Files.deleteIfExists(real);
            }
        }
    }

    /** Whether its process is there, and was there when the lock was taken. */
    private static boolean isHeld(Path lock) throws IOException {
        Instant taken = Files.getLastModifiedTime(lock).toInstant();
        return holder(lock)
                .flatMap(ProcessHandle::of)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> start.isAfter(taken.plusSeconds(SLACK_SECONDS)))
                        .isEmpty())
                .isPresent();
    }

    /** Written as digits with a zero byte after them. */
    private static Optional<Long> holder(Path lock) throws IOException {
        String digits = new String(Files.readAllBytes(lock), StandardCharsets.ISO_8859_1).replaceAll("\\D.*", "");
        return digits.isEmpty() || digits.length() > 9 ? Optional.empty() : Optional.of(Long.parseLong(digits));
    }
}
