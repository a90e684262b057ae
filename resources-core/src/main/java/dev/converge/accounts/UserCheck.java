package dev.converge.accounts;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Ensure;
import dev.converge.model.Secret;
import dev.converge.process.Rights;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Finds what would make a change of a user fail. */
final class UserCheck {
    private final Change<UserResource> change;
    private final UserResource user;
    private final Host host;

    UserCheck(Change<UserResource> change, Host host) {
        this.change = change;
        this.user = change.desired();
        this.host = host;
    }

    void run() throws IOException, InterruptedException {
        Rights.requireRoot("change accounts", host);
        Accounts accounts = Accounts.of(host);
        if (change.declared().ensure() == Ensure.ABSENT) {
            checkRemoval(accounts);
            return;
        }
        if (change.names("uid")) {
            checkUid(accounts);
        }
        if (change.names("gid")) {
            requireGroup(accounts, user.gid().orElseThrow(), "its primary group");
        }
        if (change.names("groups")) {
            for (String group : user.groups().orElse(Set.of())) {
                requireGroup(accounts, group, "a member of it");
            }
        }
        if (change.names("password")) {
            checkPassword(user.password().orElseThrow());
        }
        if (change.names("locked")) {
            checkUnlocking();
        }
        if (change.names("home") && user.manageHome()) {
            checkMove();
        }
    }

    private void checkRemoval(Accounts accounts) {
        if (accounts.user(user.name().text()).filter(entry -> entry.uid() == 0).isPresent()) {
            throw new ResourceFailure(
                    "The user \"" + user.name() + "\" is the superuser, and is never removed.",
                    "Leave the user out of the manifest.");
        }
    }

    private void checkUid(Accounts accounts) {
        int uid = user.uid().orElseThrow();
        if (uid < 0) {
            throw new ResourceFailure(
                    "The user \"" + user.name() + "\" cannot have the uid " + uid + ".", "Choose a number from 0 up.");
        }
        if (user.allowDuplicateUid()) {
            return;
        }
        accounts.user(uid).ifPresent(other -> {
            throw new ResourceFailure(
                    "The uid " + uid + " is taken by the user \"" + other.name() + "\".",
                    "Choose another number, or set allowDuplicateUid to true.");
        });
    }

    private void requireGroup(Accounts accounts, String group, String part) {
        boolean known = part.startsWith("its") ? accounts.hasGroupOrNumber(group) : accounts.hasGroup(group);
        if (!known) {
            List<String> names =
                    accounts.groups().stream().map(GroupEntry::name).toList();
            throw new ResourceFailure(
                    "There is no group \"" + group + "\" for the user \"" + user.name() + "\" to have as " + part + ".",
                    Suggestions.didYouMean(group, names).orElse("Declare the group too."));
        }
    }

    private void checkPassword(Secret password) {
        String value = password.reveal();
        if (value.isEmpty()) {
            throw new ResourceFailure(
                    "The password of the user \"" + user.name() + "\" is empty: anybody could log in.",
                    "Give a password, or '*' for none that fits.");
        }
        if (value.indexOf('\n') >= 0 || (Password.isHash(password) && value.indexOf(':') >= 0)) {
            throw new ResourceFailure(
                    "The password of the user \"" + user.name() + "\" has a character that /etc/shadow cannot hold.",
                    "Check where the value comes from: a line break at its end, for instance.");
        }
    }

    /** Without a password, an unlocked account would let anybody in: usermod(8) refuses it, and so does this. */
    private void checkUnlocking() throws IOException, InterruptedException {
        boolean unlocks = !user.locked().orElseThrow();
        boolean given =
                user.password().filter(value -> !value.reveal().startsWith("!")).isPresent();
        boolean kept = change.before().isPresent()
                && !Shadow.of(host).get(user.name().text()).hash().isEmpty();
        if (unlocks && !given && !kept) {
            throw new ResourceFailure(
                    "The user \"" + user.name() + "\" has no password, so there is nothing to unlock.",
                    "Give a password, or leave locked out.");
        }
    }

    private void checkMove() throws IOException, InterruptedException {
        Path target = user.home().orElseThrow();
        boolean moves =
                change.before().isPresent() && HomeFolder.of(user.name(), host).exists();
        if (moves && Files.exists(host.path(target), LinkOption.NOFOLLOW_LINKS)) {
            throw new ResourceFailure(
                    "The home of the user \"" + user.name() + "\" cannot move to " + target
                            + ": something is there already.",
                    "Move it away, or set manageHome to false, so that only the record changes.");
        }
    }
}
