package dev.converge.accounts;

import dev.converge.posix.NameService;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The host's users and groups, to turn names into ids and back. Read once from {@code /etc/passwd} and
 * {@code /etc/group}; a name or id that is not there is looked up in the directory service, where the machine that
 * Converge runs on has one (nsswitch.conf(5)).
 */
public final class Accounts {
    private static final Path NSSWITCH = Path.of("/etc/nsswitch.conf");
    private static final Set<String> LOCAL_SOURCES = Set.of("files", "compat", "db", "systemd");

    private final Map<String, UserEntry> users = new LinkedHashMap<>();
    private final Map<Integer, UserEntry> usersById = new HashMap<>();
    private final Map<String, GroupEntry> groups = new LinkedHashMap<>();
    private final Map<Integer, GroupEntry> groupsById = new HashMap<>();
    private final Map<String, Optional<Integer>> idsElsewhere = new ConcurrentHashMap<>();
    private final Map<String, Optional<String>> namesElsewhere = new ConcurrentHashMap<>();
    private final boolean directoryAnswers;

    private Accounts(Host host) throws IOException {
        AccountFile.read(host, AccountFile.PASSWD, 7, line -> {
            OptionalInt uid = AccountFile.id(line.get(2));
            OptionalInt gid = AccountFile.id(line.get(3));
            if (uid.isPresent() && gid.isPresent()) {
                add(new UserEntry(line.get(0), uid.getAsInt(), gid.getAsInt(), line.get(4), line.get(5), line.get(6)));
            }
        });
        AccountFile.read(host, AccountFile.GROUP, 4, line -> AccountFile.id(line.get(2))
                .ifPresent(gid -> add(new GroupEntry(line.get(0), gid, AccountFile.names(line.get(3))))));
        directoryAnswers = host.root().getNameCount() == 0 && hasDirectoryService(host);
    }

    public static Accounts of(Host host) throws IOException, InterruptedException {
        return host.database(Accounts.class, Accounts::new);
    }

    // As in the C library, the first of two lines with the same name or id counts.
    private void add(UserEntry user) {
        users.putIfAbsent(user.name(), user);
        usersById.putIfAbsent(user.uid(), user);
    }

    private void add(GroupEntry group) {
        groups.putIfAbsent(group.name(), group);
        groupsById.putIfAbsent(group.gid(), group);
    }

    /** The id of a user; a number stands for itself unless a user is called so. */
    public OptionalInt uid(String nameOrNumber) {
        UserEntry user = users.get(nameOrNumber);
        if (user != null) {
            return OptionalInt.of(user.uid());
        }
        OptionalInt number = AccountFile.id(nameOrNumber);
        return number.isPresent() ? number : elsewhere("user", nameOrNumber, NameService::uid);
    }

    /** The id of a group; a number stands for itself unless a group is called so. */
    public OptionalInt gid(String nameOrNumber) {
        GroupEntry group = groups.get(nameOrNumber);
        if (group != null) {
            return OptionalInt.of(group.gid());
        }
        OptionalInt number = AccountFile.id(nameOrNumber);
        return number.isPresent() ? number : elsewhere("group", nameOrNumber, NameService::gid);
    }

    public Optional<String> userName(int uid) {
        UserEntry user = usersById.get(uid);
        return user != null ? Optional.of(user.name()) : elsewhere("user", uid, NameService::userName);
    }

    public Optional<String> groupName(int gid) {
        GroupEntry group = groupsById.get(gid);
        return group != null ? Optional.of(group.name()) : elsewhere("group", gid, NameService::groupName);
    }

    /** The home folder that the user database records for a user of the local files. */
    public Optional<String> home(String userName) {
        return user(userName).map(UserEntry::home);
    }

    boolean hasUser(String name) {
        return users.containsKey(name)
                || (AccountFile.id(name).isEmpty() && uid(name).isPresent());
    }

    boolean hasGroup(String name) {
        return groups.containsKey(name)
                || (AccountFile.id(name).isEmpty() && gid(name).isPresent());
    }

    boolean hasGroupOrNumber(String nameOrNumber) {
        OptionalInt number = AccountFile.id(nameOrNumber);
        return number.isPresent() ? groupName(number.getAsInt()).isPresent() : hasGroup(nameOrNumber);
    }

    /** The users of the local files, in their order. */
    Collection<UserEntry> users() {
        return Collections.unmodifiableCollection(users.values());
    }

    /** The groups of the local files, in their order. */
    Collection<GroupEntry> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    Optional<UserEntry> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    Optional<UserEntry> user(int uid) {
        return Optional.ofNullable(usersById.get(uid));
    }

    Optional<GroupEntry> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    Optional<GroupEntry> group(int gid) {
        return Optional.ofNullable(groupsById.get(gid));
    }

    private OptionalInt elsewhere(String kind, String name, Function<String, Optional<Integer>> lookup) {
        if (!directoryAnswers) {
            return OptionalInt.empty();
        }
        Optional<Integer> id = idsElsewhere.computeIfAbsent(kind + ' ' + name, key -> lookup.apply(name));
        return id.isPresent() ? OptionalInt.of(id.get()) : OptionalInt.empty();
    }

    private Optional<String> elsewhere(String kind, int id, IntFunction<Optional<String>> lookup) {
        return directoryAnswers
                ? namesElsewhere.computeIfAbsent(kind + ' ' + id, key -> lookup.apply(id))
                : Optional.empty();
    }

    /** Whether accounts may come from elsewhere than local files: then, and only then, the C library is asked. */
    private static boolean hasDirectoryService(Host host) throws IOException {
        Path configuration = host.path(NSSWITCH);
        if (!Files.isReadable(configuration)) {
            return false;
        }
        for (String line :
                Files.readString(configuration, StandardCharsets.ISO_8859_1).split("\n")) {
            boolean accounts = line.startsWith("passwd:") || line.startsWith("group:");
            StringTokenizer sources = new StringTokenizer(accounts ? line.substring(line.indexOf(':') + 1) : "");
            while (sources.hasMoreTokens()) {
                String source = sources.nextToken();
                if (!source.startsWith("[") && !LOCAL_SOURCES.contains(source)) {
                    return true;
                }
            }
        }
        return false;
    }
}
