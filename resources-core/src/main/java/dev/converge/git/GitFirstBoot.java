package dev.converge.git;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.util.List;

/** A checkout without Converge, by git(1). */
final class GitFirstBoot {
    private GitFirstBoot() {}

    static List<Step> steps(Declared<GitCheckoutResource> declared) {
        GitCheckoutResource checkout = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new Remove(checkout.path(), true));
        }
        InvalidValueException.when(
                checkout.username().isPresent() || checkout.password().isPresent(),
                "Only Converge itself logs in to a repository without showing how.",
                "Use a repository that asks for no password, or let Converge make it.");
        String path = Quoted.word(checkout.path().toString());
        String url = Quoted.word(checkout.repository().orElseThrow().toString());
        String revision = Quoted.word(checkout.revision());
        String git = "git -c safe.directory=" + path + " -C " + path;
        String wanted =
                "want=$(git ls-remote -- " + url + " " + revision + " " + Quoted.word(checkout.revision() + "^{}")
                        + " | tail -n 1 | cut -f 1); [ -n \"$want\" ] || want=" + revision;
        String there =
                wanted + "; [ \"$(" + git + " rev-parse HEAD)\" = \"$(" + git + " rev-parse \"$want^{commit}\")\" ]";
        return List.of(RunCommand.shell(make(checkout, path, url, revision, git), Guard.unless(there)));
    }

    private static String make(GitCheckoutResource checkout, String path, String url, String revision, String git) {
        String depth = checkout.depth().map(commits -> " --depth " + commits).orElse("");
        String owner = checkout.owner().orElse("")
                + checkout.group().map(group -> ":" + group).orElse("");
        return "set -e\n"
                + "if [ ! -e " + path + "/.git ]; then git clone -q" + depth + " --no-checkout -- " + url + " " + path
                + "; fi\n"
                + git + " fetch -q --tags" + depth + " origin\n"
                + (checkout.revision().equals("HEAD")
                        ? git + " checkout -q\n" + git + " merge -q --ff-only\n"
                        : git + " checkout -q " + revision + "\n"
                                + "if " + git + " symbolic-ref -q HEAD > /dev/null; then " + git
                                + " merge -q --ff-only; fi\n")
                + (owner.isEmpty() ? "" : "chown -R -h -- " + Quoted.word(owner) + " " + path + "\n");
    }
}
