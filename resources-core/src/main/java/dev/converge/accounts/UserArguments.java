package dev.converge.accounts;

import dev.converge.provider.Change;
import dev.converge.provider.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The words of useradd(8) and usermod(8), without the comment, which does not go through a command line's encoding. */
final class UserArguments {
    private UserArguments() {}

    static List<String> creation(UserResource user, Accounts accounts) {
        String name = user.name().text();
        List<String> argv = new ArrayList<>(List.of("useradd"));
        if (user.system()) {
            argv.add("--system");
        }
        user.uid().ifPresent(uid -> argv.addAll(List.of("--uid", uid.toString())));
        if (user.uid().isPresent() && user.allowDuplicateUid()) {
            argv.add("--non-unique");
        }
        // useradd refuses to make a user's own group when there is one of that name.
        user.gid()
                .or(() -> accounts.group(name).map(GroupEntry::name))
                .ifPresent(gid -> argv.addAll(List.of("--gid", gid)));
        user.groups()
                .filter(groups -> !groups.isEmpty())
                .ifPresent(groups -> argv.addAll(List.of("--groups", String.join(",", groups))));
        user.home().ifPresent(home -> argv.addAll(List.of("--home-dir", home.toString())));
        argv.add(user.manageHome() ? "--create-home" : "--no-create-home");
        user.shell().ifPresent(shell -> argv.addAll(List.of("--shell", shell.toString())));
        user.expires().ifPresent(expiry -> argv.addAll(List.of("--expiredate", expiry.asArgument())));
        argv.add(name);
        return argv;
    }

    /** Without the program's name and the user's. */
    static List<String> update(Change<UserResource> change, Host host) throws IOException, InterruptedException {
        UserResource user = change.desired();
        List<String> argv = new ArrayList<>();
        if (change.names("uid")) {
            argv.addAll(List.of("--uid", user.uid().orElseThrow().toString()));
            if (user.allowDuplicateUid()) {
                argv.add("--non-unique");
            }
        }
        if (change.names("gid")) {
            argv.addAll(List.of("--gid", user.gid().orElseThrow()));
        }
        if (change.names("groups")) {
            if (!user.exclusiveGroups()) {
                argv.add("--append");
            }
            argv.addAll(List.of("--groups", String.join(",", user.groups().orElseThrow())));
        }
        if (change.names("home")) {
            argv.addAll(List.of("--home", user.home().orElseThrow().toString()));
            if (user.manageHome() && HomeFolder.of(user.name(), host).exists()) {
                argv.add("--move-home");
            }
        }
        if (change.names("shell")) {
            argv.addAll(List.of("--shell", user.shell().orElseThrow().toString()));
        }
        if (change.names("expires")) {
            argv.addAll(List.of("--expiredate", user.expires().orElseThrow().asArgument()));
        }
        // A password that changes too brings its mark along.
        if (change.names("locked") && !change.names("password")) {
            argv.add(user.locked().orElseThrow() ? "--lock" : "--unlock");
        }
        return argv;
    }
}
