package dev.converge.accounts;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Recovers;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Reads users from the user database and changes them by the host's own programs. */
public final class UserProvider
        implements Undoes<UserResource>,
                Recovers<UserResource>,
                Inspects<UserResource>,
                FirstBoot<UserResource>,
                Watchable<UserResource> {
    @Override
    public void recover(UserResource desired, Host host) throws IOException {
        StaleLocks.remove(host);
    }

    @Override
    public List<WatchPoint> watched(UserResource desired, Host host) {
        return AccountFile.WATCHED;
    }

    @Override
    public Optional<UserResource> observe(UserResource desired, Host host) throws IOException, InterruptedException {
        Accounts accounts = Accounts.of(host);
        Optional<UserEntry> user = accounts.user(desired.name().text());
        if (user.isEmpty()) {
            return Optional.empty();
        }
        // Who may not read shadow(5) can still see the rest.
        Optional<ShadowEntry> shadow = desired.managesShadow()
                ? Optional.of(Shadow.of(host).get(desired.name().text()))
                : Optional.empty();
        return user.map(entry -> UserState.compared(desired, entry, shadow, accounts));
    }

    @Override
    public void check(Change<UserResource> change, Host host) throws IOException, InterruptedException {
        AccountTools.of(host);
        new UserCheck(change, host).run();
    }

    @Override
    public void apply(Change<UserResource> change, Host host) throws IOException, InterruptedException {
        AccountTools tools = AccountTools.of(host);
        AccountEdit.make(host, () -> {
            switch (change.action()) {
                case CREATE -> tools.createUser(change);
                case UPDATE -> tools.updateUser(change);
                case DELETE -> tools.removeUser(change);
            }
        });
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        return Accounts.of(host).users().stream().map(UserEntry::name).sorted().toList();
    }

    @Override
    public Optional<UserResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Accounts accounts = Accounts.of(host);
        boolean readable = Files.isReadable(host.path(AccountFile.SHADOW));
        Optional<ShadowEntry> shadow = readable ? Optional.of(Shadow.of(host).get(name)) : Optional.empty();
        return accounts.user(name).map(user -> UserState.whole(user, shadow, accounts));
    }

    @Override
    public Optional<Undo> undo(Change<UserResource> due, Host host) throws IOException, InterruptedException {
        return UserUndo.of(due, host);
    }

    @Override
    public List<Step> steps(Declared<UserResource> declared, Scene scene) {
        return UserFirstBoot.steps(declared);
    }
}
