package dev.converge.textedit;

import dev.converge.filesystem.TextFile;
import dev.converge.model.Mode;
import dev.converge.model.Resource;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and edits parts of text files, for every type whose resources are such parts. */
public abstract class FilePartProvider<R extends Resource> implements Edits<R>, Inspects<R> {
    private static final Mode NEW_MODE = Mode.parse("0644");
    private static final Mode NEW_SECRET_MODE = Mode.parse("0600");

    /** The part that a resource is about. */
    protected abstract FilePart<R> part(R desired);

    /** A resource of that name, with what its type needs to look for it. */
    protected abstract R named(String name);

    @Override
    public final Optional<R> observe(R desired, Host host) throws IOException {
        FilePart<R> part = part(desired);
        return part.in(TextFile.read(part.file(), host));
    }

    @Override
    public final void check(Change<R> change, Host host) throws IOException {
        FilePart<R> part = part(change.desired());
        Path file = part.file();
        TextFile text = TextFile.read(file, host);
        if (!text.exists() && !part.mayCreate()) {
            throw new ResourceFailure(
                    file + " does not exist.",
                    "Declare file '" + file + "', or give create true to have it made.",
                    "Make the file, or bring it back first: converge restore " + file);
        }
        text.requireWritable(host);
        if (change.action() != Action.DELETE) {
            part.check(text.text());
        }
    }

    @Override
    public final void apply(Change<R> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        FilePart<R> part = part(change.desired());
        Mode mode = part.isSensitive() ? NEW_SECRET_MODE : NEW_MODE;
        TextFile.edit(part.file(), host, mode, part.validation(), edit(change));
    }

    @Override
    public final List<FileEdit> edits(Change<R> change, Host host) throws IOException {
        FilePart<R> part = part(change.desired());
        Optional<FileEdit> edit = TextFile.read(part.file(), host).foresee(edit(change));
        return edit.map(seen -> part.isSensitive() ? seen.hidden() : seen).stream()
                .toList();
    }

    /** None: there are too many to list. */
    @Override
    public List<String> names(Host host) throws IOException {
        return List.of();
    }

    @Override
    public Optional<R> inspect(String name, Host host) throws IOException {
        return observe(named(name), host);
    }

    private UnaryOperator<String> edit(Change<R> change) {
        FilePart<R> part = part(change.desired());
        if (change.action() == Action.DELETE) {
            return part::without;
        }
        return text -> {
            part.check(text);
            return part.with(text);
        };
    }
}
