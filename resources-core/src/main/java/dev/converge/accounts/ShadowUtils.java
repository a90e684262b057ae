package dev.converge.accounts;

import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The shadow tool suite of Debian, Red Hat, SUSE and Arch: useradd(8), usermod(8), groupadd(8) and their kin. */
final class ShadowUtils implements AccountTools {
    // Words that sh(1) gets its command from; the comment comes by standard input, as UTF-8 in every locale.
    private static final List<String> WITH_COMMENT =
            List.of("sh", "-c", "IFS= read -r comment; exec \"$@\" -c \"$comment\" </dev/null", "sh");
    private static final int LINES_OF_A_FAILURE = 3;

    private final Host host;

    ShadowUtils(Host host) {
        this.host = host;
    }

    @Override
    public void createUser(Change<UserResource> change) throws IOException, InterruptedException {
        UserResource user = change.desired();
        run(change, UserArguments.creation(user, Accounts.of(host)));
        setPassword(change);
        setAges(change);
    }

    @Override
    public void updateUser(Change<UserResource> change) throws IOException, InterruptedException {
        List<String> argv = UserArguments.update(change, host);
        if (!argv.isEmpty() || change.names("comment")) {
            List<String> whole = new ArrayList<>(List.of("usermod"));
            whole.addAll(argv);
            whole.add(change.desired().name().text());
            run(change, whole);
        }
        setPassword(change);
        setAges(change);
    }

    @Override
    public void removeUser(Change<UserResource> change) throws IOException, InterruptedException {
        UserResource user = change.desired();
        HomeFolder home = HomeFolder.of(user.name(), host);
        if (!user.manageHome() || !home.isRemovable()) {
            run(Command.of("userdel", user.name().text()));
            return;
        }
        home.keep();
        run(Command.of("userdel", "--remove", user.name().text()));
    }

    /** Runs a program of the suite, with the change's comment when it names one. */
    private void run(Change<UserResource> change, List<String> argv) throws IOException, InterruptedException {
        if (!change.names("comment")) {
            run(Command.of(argv));
            return;
        }
        List<String> whole = new ArrayList<>(WITH_COMMENT);
        whole.addAll(argv);
        Text line = Text.of(change.desired().comment().orElseThrow().text() + "\n");
        run(Command.of(whole).input(line));
    }

    private void setPassword(Change<UserResource> change) throws IOException, InterruptedException {
        if (!change.names("password")) {
            return;
        }
        UserResource user = change.desired();
        String field =
                Password.field(user.password().orElseThrow(), user.locked().orElse(false));
        Text line = Text.of(List.of(user.name().text() + ":", Secret.of(field), "\n"));
        run(Command.of("chpasswd", "--encrypted").input(line));
    }

    private void setAges(Change<UserResource> change) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("chage"));
        UserResource user = change.desired();
        if (change.names("passwordMaxAge")) {
            argv.addAll(List.of("--maxdays", user.passwordMaxAge().orElseThrow().toString()));
        }
        if (change.names("passwordMinAge")) {
            argv.addAll(List.of("--mindays", user.passwordMinAge().orElseThrow().toString()));
        }
        if (change.names("passwordWarnDays")) {
            argv.addAll(
                    List.of("--warndays", user.passwordWarnDays().orElseThrow().toString()));
        }
        if (argv.size() > 1) {
            argv.add(user.name().text());
            run(Command.of(argv));
        }
    }

    @Override
    public void createGroup(Change<GroupResource> change) throws IOException, InterruptedException {
        GroupResource group = change.desired();
        List<String> argv = new ArrayList<>(List.of("groupadd"));
        if (group.system()) {
            argv.add("--system");
        }
        group.gid().ifPresent(gid -> argv.addAll(List.of("--gid", gid.toString())));
        argv.add(group.name().text());
        run(Command.of(argv));
        Set<String> members = known(group);
        if (!members.isEmpty()) {
            setMembers(group, members);
        }
    }

    @Override
    public void updateGroup(Change<GroupResource> change) throws IOException, InterruptedException {
        GroupResource group = change.desired();
        if (change.names("gid")) {
            run(Command.of(
                    "groupmod",
                    "--gid",
                    group.gid().orElseThrow().toString(),
                    group.name().text()));
        }
        if (change.names("members")) {
            Set<String> members = new LinkedHashSet<>();
            if (!group.exclusiveMembers()) {
                Accounts.of(host).group(group.name().text()).ifPresent(now -> members.addAll(now.members()));
            }
            members.addAll(known(group));
            setMembers(group, members);
        }
    }

    /** Those who are there already: a user who is made later, in the same run, enters its groups by itself. */
    private Set<String> known(GroupResource group) throws IOException, InterruptedException {
        Accounts accounts = Accounts.of(host);
        Set<String> members = new LinkedHashSet<>(group.members().orElse(Set.of()));
        members.removeIf(member -> !accounts.hasUser(member));
        return members;
    }

    private void setMembers(GroupResource group, Set<String> members) throws IOException, InterruptedException {
        run(Command.of(
                "gpasswd", "--members", String.join(",", members), group.name().text()));
    }

    @Override
    public void removeGroup(Change<GroupResource> change) throws IOException, InterruptedException {
        run(Command.of("groupdel", change.desired().name().text()));
    }

    private void run(Command command) throws IOException, InterruptedException {
        CommandResult result = host.commands().run(command);
        if (!result.succeeded()) {
            String program = command.argv().stream()
                    .map(Text::toString)
                    .filter(word -> !WITH_COMMENT.contains(word))
                    .findFirst()
                    .orElseThrow();
            throw new ResourceFailure(program + " failed"
                    + (result.timedOut() ? " at its time limit: " : " with exit status " + result.exit() + ": ")
                    + result.lastLines(LINES_OF_A_FAILURE));
        }
    }
}
