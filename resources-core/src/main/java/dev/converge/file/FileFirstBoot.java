package dev.converge.file;

import dev.converge.filesystem.Validation;
import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What makes a file without Converge. */
final class FileFirstBoot {
    private FileFirstBoot() {}

    static List<Step> steps(Declared<FileResource> declared) {
        FileResource file = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new Remove(file.path(), file.force()));
        }
        List<Step> steps = new ArrayList<>(inTheWay(file));
        Optional<Source> elsewhere = file.source().filter(source -> source.isRemote() || source.isOnHost());
        if (elsewhere.isPresent()) {
            InvalidValueException.when(
                    !file.validate().isEmpty(),
                    "\"validate\" is not possible for what the machine itself fetches.",
                    "Take the content from the site's files/, or leave validate out.");
            steps.add(copy(file, elsewhere.get()));
        }
        steps.add(new WriteFile(
                file.path(),
                elsewhere.isPresent() ? Optional.empty() : file.wanted().map(content -> content),
                ownership(file),
                file.replace(),
                Validation.of(file.validate(), List.of()).words()));
        return steps;
    }

    private static Ownership ownership(FileResource file) {
        return new Ownership(file.owner(), file.group(), file.mode());
    }

    /** What makes room for the file, where the manifest says so. */
    private static List<Step> inTheWay(FileResource file) {
        String path = Quoted.word(file.path().toString());
        List<Step> steps = new ArrayList<>();
        if (file.links() == Links.REPLACE) {
            steps.add(RunCommand.shell("rm -f -- " + path, Guard.onlyIf("[ -L " + path + " ]")));
        }
        if (file.force()) {
            steps.add(RunCommand.shell(
                    "rm -rf -- " + path, Guard.onlyIf("[ -e " + path + " ] && [ ! -f " + path + " ]")));
        }
        return steps;
    }

    private static Step copy(FileResource file, Source source) {
        String check = file.checksum().map(sum -> Fetch.check(sum)).orElse("");
        String path = Quoted.word(file.path().toString());
        if (source.isRemote()) {
            String there =
                    file.replace() ? Fetch.isThere(file.path(), file.checksum().orElseThrow()) : "[ -e " + path + " ]";
            return Fetch.into(file.path(), source, check, Guard.unless(there));
        }
        Path from = source.onHost().orElseThrow();
        String same = file.replace() ? "cmp -s -- " + Quoted.word(from.toString()) + " " + path : "[ -e " + path + " ]";
        return Fetch.into(file.path(), source, check, Guard.unless(same));
    }
}
