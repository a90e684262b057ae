package dev.converge.filesystem;

import dev.converge.accounts.Accounts;
import dev.converge.model.Mode;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who owns what: the names of a manifest and the numbers of the file system.
 *
 * @param accounts the host's users and groups
 */
public record Owners(Accounts accounts) {
    public static Owners of(Host host) throws IOException, InterruptedException {
        return new Owners(Accounts.of(host));
    }

    /** @throws ResourceFailure when there is no such user */
    public int uid(String name) {
        return accounts.uid(name).orElseThrow(() -> unknown("user", name));
    }

    /** @throws ResourceFailure when there is no such group */
    public int gid(String name) {
        return accounts.gid(name).orElseThrow(() -> unknown("group", name));
    }

    private static ResourceFailure unknown(String type, String name) {
        return new ResourceFailure(
                "There is no " + type + " \"" + name + "\" on this host.",
                "Declare " + type + " '" + name + "', or correct its name.");
    }

    /** The owner to compare a wish with: the wish itself when it means this user, so that nothing is made anew. */
    public Optional<String> user(int uid, Optional<String> wish) {
        return wish.isEmpty() || means(accounts.uid(wish.get()), uid) ? wish : Optional.of(userName(uid));
    }

    /** As {@link #user}, for groups. */
    public Optional<String> group(int gid, Optional<String> wish) {
        return wish.isEmpty() || means(accounts.gid(wish.get()), gid) ? wish : Optional.of(groupName(gid));
    }

    /** What a manifest gives, and else what is there. */
    public OptionalInt number(Optional<Integer> wanted, Optional<Integer> now) {
        Optional<Integer> one = wanted.or(() -> now);
        return one.isPresent() ? OptionalInt.of(one.get()) : OptionalInt.empty();
    }

    /**
     * The owner and group that a manifest gives, and else those that are there.
     *
     * @throws ResourceFailure when there is no such user or group
     */
    public Ownership of(Optional<String> owner, Optional<String> group, Optional<Stat> now) {
        return new Ownership(
                number(owner.map(this::uid), now.map(Stat::uid)),
                number(group.map(this::gid), now.map(Stat::gid)),
                OptionalInt.empty());
    }

    /** The mode that something gets; empty when it keeps what it has. */
    public static OptionalInt mode(Optional<Mode> wanted, Optional<Stat> now, boolean directory) {
        return wanted.isEmpty() || now.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(wanted.get().resolve(now.get().mode(), directory));
    }

    private static boolean means(OptionalInt known, int number) {
        return known.isPresent() && known.getAsInt() == number;
    }

    /** The user's name, or its number when it has none. */
    public String userName(int uid) {
        return accounts.userName(uid).orElseGet(() -> Integer.toString(uid));
    }

    /** The group's name, or its number when it has none. */
    public String groupName(int gid) {
        return accounts.groupName(gid).orElseGet(() -> Integer.toString(gid));
    }
}
