package dev.converge.augeas;

import dev.converge.filesystem.TextFile;
import dev.converge.model.Mode;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the edits in memory to find out whether they change anything, and writes the text that comes of them. */
public final class AugeasProvider implements Edits<AugeasResource> {
    private static final Mode NEW_MODE = Mode.parse("0644");

    @Override
    public Optional<AugeasResource> observe(AugeasResource desired, Host host)
            throws IOException, InterruptedException {
        LensFile lensFile = LensFile.of(desired.file(), desired.syntax(), host);
        TextFile file = TextFile.read(desired.file(), host);
        TreeEdit edit = new TreeEdit(desired);
        if (lensFile.edited(file.text(), edit).equals(file.text())) {
            return Optional.of(desired);
        }
        return file.exists() ? Optional.of(with(desired, lensFile.look(file.text(), edit::found))) : Optional.empty();
    }

    private static AugeasResource with(AugeasResource desired, List<AugeasEdit> found) {
        return new AugeasType().with(desired, Map.of("edits", found));
    }

    @Override
    public List<FileEdit> edits(Change<AugeasResource> change, Host host) throws IOException, InterruptedException {
        AugeasResource desired = change.desired();
        LensFile lensFile = LensFile.of(desired.file(), desired.syntax(), host);
        return TextFile.read(desired.file(), host)
                .foresee(text -> lensFile.edited(text, new TreeEdit(desired)))
                .map(edit -> desired.hasSecret() ? edit.hidden() : edit)
                .stream()
                .toList();
    }

    /** Edits that would add something in each run are refused before they do so for the first time. */
    @Override
    public void check(Change<AugeasResource> change, Host host) throws IOException, InterruptedException {
        AugeasResource desired = change.desired();
        TextFile file = TextFile.read(desired.file(), host);
        LensFile.requireWritable(file, desired.file(), desired.create(), host);
        LensFile lensFile = LensFile.of(desired.file(), desired.syntax(), host);
        if (!isStable(lensFile, file.text(), new TreeEdit(desired))) {
            throw new ResourceFailure(
                    "The edits would change " + desired.file() + " again in each run.",
                    "Guard them, such as with onlyIf \"match PATH size == 0\" for the node that they make.");
        }
    }

    private static boolean isStable(LensFile file, String text, TreeEdit edit) {
        String once = file.edited(text, edit);
        try {
            return file.edited(once, edit).equals(once);
        } catch (ResourceFailure e) {
            return false; // the nodes that it made the first time are in its way
        }
    }

    @Override
    public void apply(Change<AugeasResource> change, Host host) throws IOException, InterruptedException {
        AugeasResource desired = change.desired();
        LensFile lensFile = LensFile.of(desired.file(), desired.syntax(), host);
        TextFile.edit(
                desired.file(),
                host,
                newMode(desired),
                desired.validation(),
                text -> lensFile.edited(text, new TreeEdit(desired)));
    }

    /** What holds a secret is for its owner alone. */
    private static Mode newMode(AugeasResource desired) {
        return desired.hasSecret() ? Mode.parse("0600") : NEW_MODE;
    }
}
