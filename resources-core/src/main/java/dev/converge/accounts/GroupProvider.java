package dev.converge.accounts;

import dev.converge.diagnostic.Suggestions;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.ResourceId;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Recovers;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import dev.converge.schema.Inverse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads groups from the group database and changes them by the host's own programs. */
public final class GroupProvider
        implements Undoes<GroupResource>,
                Recovers<GroupResource>,
                Inspects<GroupResource>,
                FirstBoot<GroupResource>,
                Watchable<GroupResource> {
    @Override
    public void recover(GroupResource desired, Host host) throws IOException {
        StaleLocks.remove(host);
    }

    @Override
    public List<WatchPoint> watched(GroupResource desired, Host host) {
        return AccountFile.WATCHED;
    }

    @Override
    public Optional<GroupResource> observe(GroupResource desired, Host host) throws IOException, InterruptedException {
        return Accounts.of(host)
                .group(desired.name().text())
                .map(group -> new GroupResource(
                        desired.name(),
                        Optional.of(group.gid()),
                        desired.members()
                                .map(wanted -> Membership.seen(group.members(), wanted, desired.exclusiveMembers())),
                        desired.exclusiveMembers(),
                        desired.system()));
    }

    @Override
    public void check(Change<GroupResource> change, Host host) throws IOException, InterruptedException {
        AccountTools.of(host);
        Rights.requireRoot("change accounts", host);
        Accounts accounts = Accounts.of(host);
        String name = change.desired().name().text();
        if (change.declared().ensure() == Ensure.ABSENT) {
            checkRemoval(accounts, name);
            return;
        }
        if (change.names("gid")) {
            int gid = change.desired().gid().orElseThrow();
            if (gid < 0) {
                throw new ResourceFailure(
                        "The group \"" + name + "\" cannot have the gid " + gid + ".", "Choose a number from 0 up.");
            }
            accounts.group(gid).ifPresent(other -> {
                throw new ResourceFailure(
                        "The gid " + gid + " is taken by the group \"" + other.name() + "\".",
                        "Choose another number, or leave gid out.");
            });
        }
        for (String member : change.desired().members().orElse(Set.of())) {
            if (!accounts.hasUser(member) && !entersByItself(member, name, host)) {
                List<String> known =
                        accounts.users().stream().map(UserEntry::name).toList();
                throw new ResourceFailure(
                        "The group \"" + name + "\" cannot have the member \"" + member + "\": there is no such user.",
                        Suggestions.didYouMean(member, known).orElse("Declare the user, or leave it out of members."));
            }
        }
    }

    /** A user and a group that name each other: the group is made first, and making the user puts it there. */
    private static boolean entersByItself(String member, String group, Host host)
            throws IOException, InterruptedException {
        return DeclaredResources.find(new ResourceId("user", member), host)
                .filter(user -> user.ensure() == Ensure.PRESENT)
                .filter(user -> user.desired() instanceof UserResource declared
                        && declared.groups().orElse(Set.of()).contains(group))
                .isPresent();
    }

    private static void checkRemoval(Accounts accounts, String name) {
        int gid = accounts.gid(name).orElseThrow();
        accounts.users().stream().filter(user -> user.gid() == gid).findFirst().ifPresent(user -> {
            throw new ResourceFailure(
                    "The group \"" + name + "\" is the primary group of the user \"" + user.name() + "\".",
                    "Remove the user first, or give it another primary group.");
        });
    }

    @Override
    public void apply(Change<GroupResource> change, Host host) throws IOException, InterruptedException {
        AccountTools tools = AccountTools.of(host);
        AccountEdit.make(host, () -> {
            switch (change.action()) {
                case CREATE -> tools.createGroup(change);
                case UPDATE -> tools.updateGroup(change);
                case DELETE -> tools.removeGroup(change);
            }
        });
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        return Accounts.of(host).groups().stream()
                .map(GroupEntry::name)
                .sorted()
                .toList();
    }

    @Override
    public Optional<GroupResource> inspect(String name, Host host) throws IOException, InterruptedException {
        return Accounts.of(host)
                .group(name)
                .map(group -> new GroupResource(
                        new AccountName(name), Optional.of(group.gid()), Optional.of(group.members()), false, false));
    }

    /** Members that came in go out again only where all of them are said. */
    @Override
    public Optional<Undo> undo(Change<GroupResource> due, Host host) throws IOException, InterruptedException {
        if (due.action() != Action.UPDATE || !due.names("members")) {
            return Optional.empty();
        }
        Optional<Set<String>> all = inspect(due.id().name(), host).flatMap(GroupResource::members);
        GroupType type = new GroupType();
        return Inverse.state(type, due)
                .map(state -> Undo.to(new Declared<>(
                        state.id(),
                        type.with(state.desired(), Map.of("members", all, "exclusiveMembers", true)),
                        state.ensure(),
                        state.source(),
                        state.policy())));
    }

    @Override
    public List<Step> steps(Declared<GroupResource> declared, Scene scene) {
        return GroupFirstBoot.steps(declared);
    }
}
