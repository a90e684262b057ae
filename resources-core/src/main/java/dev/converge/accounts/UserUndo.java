package dev.converge.accounts;

import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.ResourceId;
import dev.converge.model.Secret;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Undo;
import dev.converge.schema.Inverse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What takes back a change of a user: the account's own entries, never the files that hold those of others too. */
final class UserUndo {
    private static final UserType TYPE = new UserType();

    private UserUndo() {}

    static Optional<Undo> of(Change<UserResource> due, Host host) throws IOException, InterruptedException {
        return switch (due.action()) {
            case CREATE -> Optional.empty();
            case UPDATE -> updated(due, host);
            case DELETE -> Optional.of(removed(due, host));
        };
    }

    /** Groups that the user came into are left again only where all of the user's groups are said. */
    private static Optional<Undo> updated(Change<UserResource> due, Host host)
            throws IOException, InterruptedException {
        if (!due.names("groups")) {
            return Optional.empty();
        }
        UserResource whole = whole(due, host);
        Map<String, Object> groups = Map.of("groups", whole.groups(), "exclusiveGroups", true);
        return Inverse.state(TYPE, due).map(state -> Undo.to(declared(due, TYPE.with(state.desired(), groups))));
    }

    private static Undo removed(Change<UserResource> due, Host host) throws IOException, InterruptedException {
        UserResource whole = whole(due, host);
        Map<String, Object> more = new HashMap<>();
        more.put("password", password(due, host));
        more.put("locked", Optional.empty());
        UserResource state = TYPE.with(whole, more);
        List<Path> home = due.desired().manageHome() ? whole.home().stream().toList() : List.of();
        List<Declared<?>> states = new ArrayList<>();
        primaryGroup(due, host).ifPresent(states::add);
        states.add(declared(due, state));
        return new Undo.States(states, home, List.of());
    }

    /** A group of the user's own goes with the user: see userdel(8). */
    private static Optional<Declared<?>> primaryGroup(Change<UserResource> due, Host host)
            throws IOException, InterruptedException {
        String name = due.id().name();
        Optional<GroupResource> own = new GroupProvider().inspect(name, host);
        return own.map(group -> {
            GroupResource before =
                    new GroupResource(group.name(), group.gid(), Optional.empty(), false, group.system());
            ResourceId id = new ResourceId("group", name);
            return new Declared<>(id, before, Ensure.PRESENT, due.declared().source(), Policy.none());
        });
    }

    /** As it stands in shadow(5), which says by itself whether the account is locked. */
    private static Optional<Secret> password(Change<UserResource> due, Host host)
            throws IOException, InterruptedException {
        Secret field = Shadow.of(host).get(due.id().name()).password();
        return Optional.of(field).filter(Password::isHash);
    }

    private static UserResource whole(Change<UserResource> due, Host host) throws IOException, InterruptedException {
        return new UserProvider().inspect(due.id().name(), host).orElseThrow();
    }

    private static Declared<UserResource> declared(Change<UserResource> due, UserResource state) {
        return new Declared<>(due.id(), state, Ensure.PRESENT, due.declared().source(), Policy.none());
    }
}
