package dev.converge.sysctl;

import dev.converge.diagnostic.Suggestions;
import dev.converge.process.ThisProcess;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The running kernel's parameters, as files; see proc_sys(5). */
public final class Kernel {
    private static final Path TREE = Path.of("/proc/sys");
    private static final int LONGEST = 1 << 16;

    private Kernel() {}

    /** Whether the kernel that is seen there runs the host: in a root folder it is that of the machine around it. */
    public static boolean runs(Host host) throws IOException {
        Path tree = host.path(TREE);
        boolean machine = host.root().getNameCount() == 0;
        return Files.isDirectory(tree)
                && (machine || !Files.getFileStore(tree).type().equals("proc"));
    }

    /** Whether not even root can set it, as in most containers. */
    public static boolean isSealed(SysctlKey key, Host host) {
        return ThisProcess.isRoot() && !Files.isWritable(host.path(key.live()));
    }

    /** The value in normal form; empty when the kernel has no such parameter. */
    public static Optional<String> read(SysctlKey key, Host host) throws IOException {
        Path real = host.path(key.live());
        if (Files.isDirectory(real)) {
            throw new ResourceFailure(
                    key + " is a group of parameters, not one.",
                    "Name one of them; 'ls " + key.live() + "' lists them.");
        }
        try {
            return Optional.of(SysctlResource.normal(inOneRead(real)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw new ResourceFailure(
                    key + " cannot be read, so it has no value that could be kept.",
                    "Run Converge as root; for a parameter that only triggers something, declare an exec.");
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new ResourceFailure(
                    "The kernel does not say what " + key + " is: " + e.getMessage() + ".",
                    "It may have no value yet; give live false to set it at the next boot alone.");
        }
    }

    /** The kernel gives numbers out to the first read(2) only, and a {@code Files.readString} begins with one byte. */
    private static String inOneRead(Path real) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        try (FileChannel parameter = FileChannel.open(real, StandardOpenOption.READ)) {
            parameter.read(bytes);
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** Fails where {@link #write} could not succeed. */
    public static void requireWritable(SysctlKey key, Host host) throws IOException {
        Path real = host.path(key.live());
        if (!Files.exists(real)) {
            throw missing(key, host);
        }
        if (!Files.isWritable(real)) {
            throw new ResourceFailure(
                    "The kernel does not let " + key + " be changed from here.",
                    "In a container /proc/sys is read-only: set it on the machine below, or give live false."
                            + " Elsewhere, run Converge as root.");
        }
    }

    private static ResourceFailure missing(SysctlKey key, Host host) throws IOException {
        Path folder = host.path(key.live()).getParent();
        String last = key.parts().get(key.parts().size() - 1);
        Optional<String> near = Suggestions.didYouMean(last, names(folder));
        return new ResourceFailure(
                "The running kernel has no parameter " + key + ".",
                near.orElse(
                        "Load the module that brings it before (net.bridge.* needs br_netfilter), or correct its name."));
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    /** Sets it in one write(2), as the kernel wants it, and fails when the kernel made something else of it. */
    public static void write(SysctlKey key, String value, Host host) throws IOException {
        requireWritable(key, host);
        ByteBuffer bytes = ByteBuffer.wrap((value + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel parameter = FileChannel.open(
                host.path(key.live()), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            parameter.write(bytes);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new ResourceFailure(
                    "The kernel refuses " + key + " = " + value + ": " + e.getMessage() + ".",
                    "Look up what it takes in the kernel's documentation, Documentation/admin-guide/sysctl.");
        }
        Optional<String> now = read(key, host);
        if (!now.equals(Optional.of(value))) {
            throw new ResourceFailure(
                    "The kernel was told " + key + " = " + value + ", and says " + now.orElse("nothing") + ".",
                    "Declare the value as the kernel says it, if that is what you mean.");
        }
    }
}
