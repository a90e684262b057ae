package dev.converge.ssh;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.provider.Change;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import dev.converge.textedit.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes keys that nobody declared. */
public final class AuthorizedKeysProvider
        implements Edits<AuthorizedKeysResource>, FirstBoot<AuthorizedKeysResource>, Watchable<AuthorizedKeysResource> {
    private static final String KEY_TYPE = "authorizedKey";

    @Override
    public List<WatchPoint> watched(AuthorizedKeysResource desired, Host host)
            throws IOException, InterruptedException {
        return UserKeys.watched(desired.user(), host);
    }

    @Override
    public Optional<AuthorizedKeysResource> observe(AuthorizedKeysResource desired, Host host)
            throws IOException, InterruptedException {
        Set<String> declared = declared(desired, host);
        Optional<UserKeys> opened = UserKeys.open(desired.user(), host);
        if (opened.isEmpty()) {
            return Optional.of(desired);
        }
        try (UserKeys keys = opened.get()) {
            Lines lines = Lines.of(keys.text().orElse(""));
            List<Integer> extra = undeclared(lines, declared);
            String shown = extra.stream().map(i -> shown(lines.get(i))).collect(Collectors.joining(", "));
            return Optional.of(extra.isEmpty() ? desired : new AuthorizedKeysResource(desired.user(), shown));
        }
    }

    /** The comments of the user's declared keys; refused outside a run, where they are not known. */
    private static Set<String> declared(AuthorizedKeysResource desired, Host host)
            throws IOException, InterruptedException {
        DeclaredResources.on(host);
        String start = desired.user() + ":";
        Set<String> comments = new HashSet<>();
        for (String name : DeclaredResources.names(KEY_TYPE, start, host)) {
            if (name.startsWith(start)) {
                comments.add(name.substring(start.length()));
            }
        }
        comments.remove("");
        return comments;
    }

    private static String shown(String line) {
        String comment = KeyLine.of(0, line).map(KeyLine::comment).orElse("");
        return comment.isEmpty() ? "a key without comment" : comment;
    }

    /** A line that is nothing we know may be a key for another sshd: only comments and blank lines are none for sure. */
    private static List<Integer> undeclared(Lines lines, Set<String> declared) {
        List<Integer> extra = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean known = KeyLine.of(i, line)
                    .filter(key -> declared.contains(key.comment()))
                    .isPresent();
            if (!known && !line.isEmpty() && !line.startsWith("#")) {
                extra.add(i);
            }
        }
        return extra;
    }

    private static String without(Set<String> declared, String text) {
        Lines lines = Lines.of(text);
        return lines.without(undeclared(lines, declared)).toString();
    }

    @Override
    public List<FileEdit> edits(Change<AuthorizedKeysResource> change, Host host)
            throws IOException, InterruptedException {
        Set<String> declared = declared(change.desired(), host);
        Optional<UserKeys> opened = UserKeys.open(change.desired().user(), host);
        if (opened.isEmpty()) {
            return List.of();
        }
        try (UserKeys keys = opened.get()) {
            String text = keys.text().orElse("");
            Content after = Content.of(without(declared, text));
            return List.of(new FileEdit(keys.path(), Optional.of(Content.of(text)), Optional.of(after)));
        }
    }

    @Override
    public void apply(Change<AuthorizedKeysResource> change, Host host) throws IOException, InterruptedException {
        Set<String> declared = declared(change.desired(), host);
        synchronized (UserKeys.TURN) {
            try (UserKeys keys = UserKeys.open(change.desired().user(), host).orElseThrow()) {
                String text = keys.text().orElse("");
                keys.keep(host);
                keys.write(without(declared, text));
            }
        }
    }

    @Override
    public List<Step> steps(Declared<AuthorizedKeysResource> declared, Scene scene) {
        return KeysFirstBoot.only(declared.desired(), scene);
    }
}
