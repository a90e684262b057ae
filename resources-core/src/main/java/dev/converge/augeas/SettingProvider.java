package dev.converge.augeas;

import dev.converge.filesystem.TextFile;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Mode;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Looks a setting up in its file's tree, and writes the text that a change of that tree makes. */
public final class SettingProvider
        implements Edits<SettingResource>, Inspects<SettingResource>, FirstBoot<SettingResource> {
    @Override
    public Optional<SettingResource> observe(SettingResource desired, Host host)
            throws IOException, InterruptedException {
        boolean secret = desired.value().isSensitive();
        return seen(desired, Optional.of(desired.value().reveal()), host)
                .map(value -> with(desired, secret ? Text.of(Secret.of(value)) : Text.of(value)));
    }

    private static Optional<String> seen(SettingResource setting, Optional<String> wanted, Host host)
            throws IOException, InterruptedException {
        TextFile file = TextFile.read(setting.name().file(), host);
        return file.exists() ? seenIn(file.text(), setting, wanted, host) : Optional.empty();
    }

    private static Optional<String> seenIn(String text, SettingResource setting, Optional<String> wanted, Host host)
            throws IOException, InterruptedException {
        Syntax syntax = Syntax.of(setting.syntax());
        return LensFile.of(setting.name().file(), setting.syntax(), host)
                .look(text, tree -> new Setting(setting.name(), syntax, tree).value(wanted));
    }

    private static SettingResource with(SettingResource setting, Text value) {
        return new SettingType().with(setting, Map.of("value", value));
    }

    @Override
    public List<FileEdit> edits(Change<SettingResource> change, Host host) throws IOException, InterruptedException {
        boolean secret = change.desired().value().isSensitive();
        return TextFile.read(change.desired().name().file(), host)
                .foresee(edit(change, host))
                .map(edit -> secret ? edit.hidden() : edit)
                .stream()
                .toList();
    }

    /** A value that the file cannot hold, or would give back as another one, is found out before anything is written. */
    @Override
    public void check(Change<SettingResource> change, Host host) throws IOException, InterruptedException {
        SettingResource desired = change.desired();
        TextFile file = TextFile.read(desired.name().file(), host);
        LensFile.requireWritable(file, desired.name().file(), desired.create(), host);
        String after = edit(change, host).apply(file.text());
        boolean absent = change.declared().ensure() == Ensure.ABSENT;
        Optional<String> wanted = Optional.of(desired.value().reveal());
        if (!absent && !seenIn(after, desired, wanted, host).equals(wanted)) {
            throw new ResourceFailure(
                    "The file " + desired.name().file() + " would not give back the value of \""
                            + desired.name().key() + "\" as it is declared.",
                    "Look at how the file writes such values, or use augeas.");
        }
    }

    @Override
    public void apply(Change<SettingResource> change, Host host) throws IOException, InterruptedException {
        SettingResource desired = change.desired();
        Mode mode = Mode.parse(desired.value().isSensitive() ? "0600" : "0644");
        TextFile.edit(desired.name().file(), host, mode, desired.validation(), edit(change, host));
    }

    private static UnaryOperator<String> edit(Change<SettingResource> change, Host host)
            throws IOException, InterruptedException {
        SettingResource desired = change.desired();
        LensFile file = LensFile.of(desired.name().file(), desired.syntax(), host);
        SettingEdit edit = new SettingEdit(desired, change.declared().ensure() == Ensure.ABSENT);
        return text -> file.edited(text, edit);
    }

    /** None: there are too many to list. */
    @Override
    public List<String> names(Host host) {
        return List.of();
    }

    @Override
    public Optional<SettingResource> inspect(String name, Host host) throws IOException, InterruptedException {
        SettingResource asked =
                new SettingResource(SettingName.parse(name), Text.of(""), Optional.empty(), false, List.of());
        return seen(asked, Optional.empty(), host).map(value -> with(asked, Text.of(value)));
    }

    @Override
    public List<Step> steps(Declared<SettingResource> declared, Scene scene) {
        return SettingFirstBoot.steps(declared);
    }
}
