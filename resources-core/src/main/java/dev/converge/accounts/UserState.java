package dev.converge.accounts;

import dev.converge.model.Secret;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A user's lines of the account files, as the resource that a manifest would describe. */
final class UserState {
    private UserState() {}

    /**
     * The state to compare with a desired one.
     *
     * @param shadow empty when nothing of it is compared
     */
    static UserResource compared(
            UserResource desired, UserEntry user, Optional<ShadowEntry> shadow, Accounts accounts) {
        return new UserResource(
                desired.name(),
                Optional.of(user.uid()),
                Optional.of(primaryGroup(desired, user, accounts)),
                desired.groups()
                        .map(wanted -> Membership.seen(groups(user, accounts), wanted, desired.exclusiveGroups())),
                desired.exclusiveGroups(),
                Optional.of(new Gecos(user.comment())),
                path(user.home()),
                desired.manageHome(),
                path(user.shell()),
                desired.password().flatMap(wanted -> shadow.map(entry -> password(desired, wanted, entry))),
                shadow.map(ShadowEntry::isLocked),
                shadow.map(ShadowEntry::expiry),
                shadow.map(ShadowEntry::maxAge),
                shadow.map(ShadowEntry::minAge),
                shadow.map(ShadowEntry::warnDays),
                desired.system(),
                desired.allowDuplicateUid());
    }

    /** Everything but the password. */
    static UserResource whole(UserEntry user, Optional<ShadowEntry> shadow, Accounts accounts) {
        return new UserResource(
                new AccountName(user.name()),
                Optional.of(user.uid()),
                Optional.of(accounts.groupName(user.gid()).orElseGet(() -> Integer.toUnsignedString(user.gid()))),
                Optional.of(groups(user, accounts)),
                false,
                Optional.of(new Gecos(user.comment())),
                path(user.home()),
                false,
                path(user.shell()),
                Optional.empty(),
                shadow.map(ShadowEntry::isLocked),
                shadow.map(ShadowEntry::expiry),
                shadow.map(ShadowEntry::maxAge),
                shadow.map(ShadowEntry::minAge),
                shadow.map(ShadowEntry::warnDays),
                false,
                accounts.user(user.uid()).filter(user::equals).isEmpty());
    }

    /** The primary group as the manifest writes it, when it is that one. */
    private static String primaryGroup(UserResource desired, UserEntry user, Accounts accounts) {
        return desired.gid()
                .filter(wanted -> accounts.gid(wanted).equals(OptionalInt.of(user.gid())))
                .or(() -> accounts.group(user.gid()).map(GroupEntry::name))
                .orElseGet(() -> Integer.toUnsignedString(user.gid()));
    }

    private static Set<String> groups(UserEntry user, Accounts accounts) {
        Set<String> names = new LinkedHashSet<>();
        for (GroupEntry group : accounts.groups()) {
            if (group.members().contains(user.name())) {
                names.add(group.name());
            }
        }
        return Collections.unmodifiableSet(names);
    }

    private static Secret password(UserResource desired, Secret wanted, ShadowEntry entry) {
        return Password.isHeld(wanted, desired.locked().isPresent(), entry) ? wanted : entry.password();
    }

    private static Optional<Path> path(String text) {
        return text.startsWith("/") ? Optional.of(Path.of(text)) : Optional.empty();
    }
}
