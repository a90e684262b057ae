package dev.converge.firstboot;

import dev.converge.model.Content;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One thing that is done at a first boot. Each may be done again without harm. */
public sealed interface Step {

    /**
     * A regular file with just this content.
     *
     * @param content its bytes; what is there is kept, and only its owner and mode set, when empty
     * @param replace whether one that is there gets the content too
     * @param validate a command that has to accept the new content before it takes its place, {@code %} standing for the
     *     path of the file that has it; empty for none
     */
    record WriteFile(Path path, Optional<Content> content, Ownership ownership, boolean replace, List<String> validate)
            implements Step {
        public WriteFile {
            validate = List.copyOf(validate);
        }

        /** Without a check. */
        public WriteFile(Path path, Optional<Content> content, Ownership ownership, boolean replace) {
            this(path, content, ownership, replace, List.of());
        }
    }

    /** A folder. @param parents whether those above it are made too */
    record MakeFolder(Path path, Ownership ownership, boolean parents) implements Step {}

    /** A symbolic link, in the place of a link that is there. @param ownership its own; a link has no mode */
    record MakeLink(Path path, String target, Ownership ownership) implements Step {
        /** One that nothing is said of. */
        public MakeLink(Path path, String target) {
            this(path, target, Ownership.UNSAID);
        }
    }

    /** A path that shall not be there. @param whole whether a folder goes with all that is in it */
    record Remove(Path path, boolean whole) implements Step {}

    /** A group. @param members who shall be in it, at least */
    record AddGroup(String name, Optional<Integer> gid, boolean system, Set<String> members) implements Step {
        public AddGroup {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }
    }

    /** A user, with the group of the same name unless it has another one. */
    record AddUser(String name, Account account, boolean system) implements Step {}

    /**
     * What an account is.
     *
     * @param gid its primary group, by name or number
     * @param groups those that it is in besides, at least
     * @param manageHome whether its home is made, as useradd(8) does it
     * @param password a hash as crypt(5) has it
     * @param expires a day such as {@code 2027-01-31}
     */
    record Account(
            Optional<Integer> uid,
            Optional<String> gid,
            Set<String> groups,
            Optional<String> comment,
            Optional<Path> home,
            boolean manageHome,
            Optional<Path> shell,
            Optional<Secret> password,
            Optional<Boolean> locked,
            Optional<String> expires) {
        public Account {
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        }
    }

    /** An account that shall not be there. @param group whether it is a group rather than a user */
    record RemoveAccount(String name, boolean group) implements Step {}

    /** A key that a user may log in with. @param line as authorized_keys has it, sshd(8) */
    record AuthorizeKey(String user, String line) implements Step {}

    /** A source of packages for apt. @param sources in the form of deb822, sources.list(5) @param key its keyring */
    record AddRepository(String name, String sources, Optional<Content> key) implements Step {}

    /** A package that shall be there. @param version exactly, or with {@code *}; any when empty */
    record InstallPackage(String name, Optional<String> version, Optional<Boolean> recommends, boolean hold)
            implements Step {}

    /** A package that shall not be there. @param purge whether its configuration goes too */
    record RemovePackage(String name, boolean purge) implements Step {}

    /** The machine's name. */
    record SetHostname(String name) implements Step {}

    /** The machine's time zone, by its name in tzdata. */
    record SetTimezone(String zone) implements Step {}

    /** A kernel setting, now and at each boot. @param file where it is kept, sysctl.d(5) */
    record SetSysctl(String key, String value, Path file) implements Step {
        /** What its file holds. */
        public String text() {
            return "# Kept by Converge: sysctl '" + key + "'\n" + key + " = " + value + "\n";
        }
    }

    /** A file system on a device that has none; one that has is left as it is. @param label empty when none is wished */
    record FormatDisk(String device, String type, Optional<String> label) implements Step {}

    /** A file system in its folder, now and at each boot; its folder is made where it is not there. */
    record Mount(String device, Path path, String type, List<String> options, int dump, int pass, boolean now)
            implements Step {
        public Mount {
            options = List.copyOf(options);
        }
    }

    /** That the service manager reads its units anew. */
    record ReloadUnits() implements Step {}

    /** How a unit of systemd is; nothing is done about what is empty. */
    record SetUnit(String unit, Optional<Boolean> enabled, Optional<Boolean> running, Optional<Boolean> masked)
            implements Step {}

    /** A restart or reload of a unit that is running, once, after what has changed for it. */
    record RefreshUnit(String unit, boolean reload) implements Step {}

    /**
     * A container, as {@code podman run} and {@code docker run} make one.
     *
     * @param engine the program, {@code podman} or {@code docker}
     * @param image its name with tag or digest
     * @param options those of {@code run}, in order, without name, image and command
     * @param command what runs in it; what the image says when empty
     */
    record RunContainer(
            String engine,
            String name,
            String image,
            List<ContainerOption> options,
            List<String> command,
            boolean start)
            implements Step {
        public RunContainer {
            options = List.copyOf(options);
            command = List.copyOf(command);
        }
    }

    /** An option of {@code run}, such as {@code publish} with {@code 8080:80}. */
    record ContainerOption(String name, Text value) {}

    /** A network or volume of containers, or an image. @param words after the program, such as {@code volume create x} */
    record ContainerCommand(String engine, List<String> words, Guard guard) implements Step {
        public ContainerCommand {
            words = List.copyOf(words);
        }
    }

    /**
     * A program.
     *
     * @param argv program and arguments; run by {@code /bin/sh -c} when {@code shell}, and then one text
     * @param user whom it runs as; root when empty
     */
    record RunCommand(
            List<Text> argv,
            boolean shell,
            Guard guard,
            Optional<String> user,
            Optional<Path> directory,
            Map<String, Text> environment,
            Optional<Text> input)
            implements Step {
        public RunCommand {
            argv = List.copyOf(argv);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        }

        /** A line of shell, as root. */
        public static RunCommand shell(String line, Guard guard) {
            return new RunCommand(
                    List.of(Text.of(line)),
                    true,
                    guard,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());
        }
    }

    /**
     * What a program makes of a file's content becomes its content; owner and mode stay.
     *
     * @param program what reads the content that there is, and prints the one that shall be; its guard is the step's
     * @param newMode of a file that is not there yet; empty where it has to be there
     * @param validate as of {@link WriteFile}
     */
    record RewriteFile(Path path, RunCommand program, Optional<String> newMode, List<String> validate) implements Step {
        public RewriteFile {
            validate = List.copyOf(validate);
        }
    }

    /** Keys of a user to log in with go, unless they are among these; each as base64, as in its line. */
    record KeepKeys(String user, List<String> keys) implements Step {
        public KeepKeys {
            keys = List.copyOf(keys);
        }
    }

    /** What is said to whoever reads the rendered text. */
    record Say(Text message) implements Step {}
}
