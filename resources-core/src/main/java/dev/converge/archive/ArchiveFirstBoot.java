package dev.converge.archive;

import dev.converge.file.Checksum;
import dev.converge.file.Fetch;
import dev.converge.file.Source;
import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.util.List;

/** An archive without Converge, by tar(1) or unzip(1). */
final class ArchiveFirstBoot {
    private static final String MISSING =
            "Give an address, or a path on the machine, with a checksum: an archive of the site would stand in the output.";

    private ArchiveFirstBoot() {}

    static List<Step> steps(Declared<ArchiveResource> declared) {
        ArchiveResource archive = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new Remove(archive.path(), true));
        }
        Source source = archive.source().orElseThrow();
        InvalidValueException.when(!source.isRemote() && !source.isOnHost(), "The archive is in the site.", MISSING);
        Checksum sum = archive.checksum()
                .orElseThrow(() -> new InvalidValueException("The archive has no checksum.", MISSING));
        boolean zip = source.address().endsWith(".zip");
        InvalidValueException.when(
                zip && archive.strip() > 0,
                "unzip cannot leave out leading folders.",
                "Leave strip out, or use a tar.");
        String stamp = sum + " strip=" + archive.strip();
        String path = Quoted.word(archive.path().toString());
        String there = "[ \"$(cat " + path + "/.converge-archive)\" = " + Quoted.always(stamp) + " ]"
                + archive.creates()
                        .map(name -> " && [ -e "
                                + Quoted.word(archive.path().resolve(name).toString()) + " ]")
                        .orElse("");
        return List.of(RunCommand.shell(make(archive, source, sum, zip, stamp), Guard.unless(there)));
    }

    private static String make(ArchiveResource archive, Source source, Checksum sum, boolean zip, String stamp) {
        String path = Quoted.word(archive.path().toString());
        String beside = Quoted.word(archive.path() + ".XXXXXX");
        String owner = archive.owner().orElse("")
                + archive.group().map(group -> ":" + group).orElse("");
        String unpack = zip
                ? "unzip -q \"$draft\" -d \"$fresh\""
                : "tar -xf \"$draft\" -C \"$fresh\" --no-same-owner --strip-components=" + archive.strip();
        return "set -e\n"
                + "if [ -d " + path + " ] && [ ! -e " + path + "/.converge-archive ]; then rmdir -- " + path + "; fi\n"
                + "draft=$(mktemp " + beside + ")\n"
                + "fresh=$(mktemp -d " + beside + ")\n"
                + "trap 'rm -rf -- \"$draft\" \"$fresh\"' EXIT\n"
                + Fetch.draft(source, Fetch.check(sum)) + "\n"
                + unpack + "\n"
                + "find \"$fresh\" -type f -exec chmod ug-s {} +\n"
                + archive.creates()
                        .map(name -> "[ -e \"$fresh\"/" + Quoted.word(name) + " ]\n")
                        .orElse("")
                + "printf '%s\\n' " + Quoted.always(stamp) + " > \"$fresh/.converge-archive\"\n"
                + "chmod 0755 \"$fresh\"\n"
                + (owner.isEmpty() ? "" : "chown -R -h -- " + Quoted.word(owner) + " \"$fresh\"\n")
                + "rm -rf -- " + path + "\n"
                + "mv -- \"$fresh\" " + path;
    }
}
