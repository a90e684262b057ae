package dev.converge.testhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a test host has on the machine: a root folder layered over the base, and its control groups. */
final class HostFolder {
    private static final long END_NANOS = 10_000_000_000L;

    private final Claim claim;
    private final Path base;
    /** Changes of earlier boots, the newest first. */
    private final List<Path> frozen = new ArrayList<>();

    private HostFolder(Claim claim, Path base) {
        this.claim = claim;
        this.base = base;
    }

    static HostFolder create(Path all, Path base) {
        HostFolder mine = new HostFolder(Claim.take(all), base);
        try {
            mine.mount();
            return mine;
        } catch (RuntimeException failure) {
            mine.remove();
            throw failure;
        }
    }

    /** Takes away the hosts whose processes have ended. */
    static void sweep(Path all) {
        Claim.abandoned(all).forEach(claim -> new HostFolder(claim, all).remove());
    }

    String name() {
        return claim.getName();
    }

    private Path folder() {
        return claim.getFolder();
    }

    Path root() {
        return folder().resolve("root");
    }

    Path console() {
        return folder().resolve("console.log");
    }

    /** The words that start a program in this host's control groups. */
    List<String> inControlGroups(List<String> command) {
        groups().forEach(HostFolder::make);
        String names = groups().stream().map(Path::toString).collect(Collectors.joining(" "));
        List<String> words = new ArrayList<>(List.of(
                "sh", "-c", "for group in " + names + "; do echo $$ >$group/cgroup.procs; done; exec \"$@\"", "sh"));
        words.addAll(command);
        return words;
    }

    /** Of hybrid control groups the two that systemd uses; else the one hierarchy. */
    private List<Path> groups() {
        List<Path> hybrid = Stream.of("/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified")
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
        List<Path> trees = hybrid.isEmpty() ? List.of(Path.of("/sys/fs/cgroup")) : hybrid;
        return trees.stream().map(tree -> tree.resolve(name())).toList();
    }

    void mount() {
        Path work = folder().resolve("work");
        List.of(root(), changes(), work).forEach(HostFolder::make);
        List<Path> layers = new ArrayList<>(frozen);
        layers.add(base);
        String lower = layers.stream().map(Path::toString).collect(Collectors.joining(":"));
        String options = "lowerdir=" + lower + ",upperdir=" + changes() + ",workdir=" + work;
        Shell.must(List.of("mount", "-t", "overlay", "overlay", "-o", options, root()));
        // Mounted here and not by the booted host, they are seen from the machine too.
        Shell.must(List.of("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", root() + "/run"));
        Shell.must(List.of("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", root() + "/tmp"));
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends everything that runs in the host, and takes its root folder away. */
    void unmount() {
        long deadline = System.nanoTime() + END_NANOS;
        for (Set<Long> left = processes(); !left.isEmpty() && System.nanoTime() < deadline; left = processes()) {
            left.forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
            Shell.pause(5);
        }
        if (isMounted() && !Shell.run(List.of("umount", "-R", root())).isOk()) {
            Shell.must(List.of("umount", "-R", "-l", root()));
        }
        groups().forEach(HostFolder::removeGroup);
    }

    private boolean isMounted() {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.anyMatch(line -> line.split(" ")[1].equals(root().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<Long> processes() {
        Set<Long> all = new TreeSet<>();
        for (Path group : groups()) {
            if (Files.isDirectory(group)) {
                Shell.run(List.of("find", group, "-name", "cgroup.procs", "-exec", "cat", "{}", "+"))
                        .getOutput()
                        .lines()
                        .filter(line -> line.matches("\\d+"))
                        .forEach(line -> all.add(Long.valueOf(line)));
            }
        }
        return all;
    }

    private static void removeGroup(Path group) {
        if (Files.isDirectory(group)) {
            Shell.run(List.of("find", group, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"));
        }
    }

    /** Keeps the changes made so far below those to come. */
    void freeze() {
        Path kept = folder().resolve("frozen-" + (frozen.size() + 1));
        try {
            Files.move(changes(), kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        frozen.add(0, kept);
    }

    /** Drops the changes made since the last {@link #freeze}. */
    void drop() {
        Shell.must(List.of("rm", "-rf", changes()));
    }

    private Path changes() {
        return folder().resolve("changes");
    }

    void remove() {
        unmount();
        claim.close();
    }
}
