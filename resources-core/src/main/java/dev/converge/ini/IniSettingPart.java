package dev.converge.ini;

import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Validation;
import dev.converge.provider.ResourceFailure;
import dev.converge.textedit.FilePart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One setting in a file. */
record IniSettingPart(IniSettingResource desired) implements FilePart<IniSettingResource> {
    @Override
    public Path file() {
        return desired.name().file().file();
    }

    @Override
    public boolean mayCreate() {
        return desired.create();
    }

    @Override
    public Validation validation() {
        return desired.validation();
    }

    @Override
    public boolean isSensitive() {
        return desired.value().isSensitive();
    }

    /** The first value that is not yet as it shall be. */
    @Override
    public Optional<IniSettingResource> in(String text) {
        return in(new IniText(text, desired.dialect()));
    }

    @Override
    public Optional<IniSettingResource> in(TextFile file) {
        IniDialect dialect = desired.dialect();
        IniText ini = file.parsed(dialect, text -> new IniText(text, dialect));
        return in(ini);
    }

    private Optional<IniSettingResource> in(IniText ini) {
        List<Integer> found = found(ini);
        return found.stream()
                .filter(line -> !ini.value(line).equals(wanted()))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .map(line -> desired.seen(ini.value(line)));
    }

    @Override
    public void check(String text) {
        IniText ini = new IniText(text, desired.dialect());
        List<Integer> found = found(ini);
        if (found.size() > 1 && !found.stream().allMatch(line -> ini.value(line).equals(wanted()))) {
            String numbers =
                    found.stream().map(line -> Integer.toString(line + 1)).collect(Collectors.joining(", "));
            throw new ResourceFailure(
                    "The key \"" + desired.name().key() + "\" is in " + file() + " on the lines " + numbers
                            + "; which one counts cannot be told.",
                    "Remove all but one, or declare each as a line.");
        }
    }

    @Override
    public String with(String text) {
        IniText ini = new IniText(text, desired.dialect());
        List<Integer> found = found(ini);
        return found.isEmpty()
                ? ini.withSetting(desired.name().section(), desired.name().key(), wanted())
                : ini.withValue(found.get(0), wanted());
    }

    @Override
    public String without(String text) {
        IniText ini = new IniText(text, desired.dialect());
        return ini.without(desired.name().section(), found(ini));
    }

    private String wanted() {
        return desired.value().reveal();
    }

    private List<Integer> found(IniText ini) {
        return ini.find(desired.name().section(), desired.name().key());
    }
}
