package dev.converge.ssh;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.AuthorizeKey;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.textedit.FileEditing;
import java.util.List;
import java.util.stream.Collectors;

/** Keys to log in with, without Converge. */
final class KeysFirstBoot {
    private KeysFirstBoot() {}

    static List<Step> steps(Declared<AuthorizedKeyResource> declared) {
        if (declared.ensure() == Ensure.ABSENT) {
            throw FileEditing.onlyPresent();
        }
        AuthorizedKeyResource key = declared.desired();
        return List.of(new AuthorizeKey(key.name().user().text(), line(key)));
    }

    private static String line(AuthorizedKeyResource key) {
        String options = key.options().orElse(List.of()).stream()
                .map(KeyOption::toString)
                .collect(Collectors.joining(","));
        return (options.isEmpty() ? "" : options + " ") + key.key().orElseThrow() + " "
                + key.name().label();
    }

    /**
     * Lines with other keys go; blank ones and comments stay. The new file is made elsewhere: in a folder of the user's, a
     * link may be in its place.
     */
    static List<Step> only(AuthorizedKeysResource keys, Scene scene) {
        String user = keys.user().text();
        String kept = scene.all("authorizedKey", AuthorizedKeyResource.class).stream()
                .filter(one -> one.ensure() == Ensure.PRESENT)
                .map(Declared::desired)
                .filter(key -> key.name().user().text().equals(user))
                .map(key -> " -e " + Quoted.word(key.key().orElseThrow().base64()))
                .collect(Collectors.joining());
        String file = "\"$(awk -F: -v name=" + Quoted.word(user)
                + " '$1 == name { print $6 }' /etc/passwd)/.ssh/authorized_keys\"";
        String others = "grep -vE '^[[:space:]]*(#|$)' " + file + (kept.isEmpty() ? "" : " | grep -vF" + kept);
        return List.of(RunCommand.shell(
                "set -e; file=" + file + "; new=$(mktemp); { grep -E '^[[:space:]]*(#|$)'" + " \"$file\" || :; "
                        + (kept.isEmpty() ? "" : "grep -F" + kept + " \"$file\" || :; ") + "} > \"$new\""
                        + "; chown \"$(stat -L -c '%u:%g' -- \"$file\")\" \"$new\"; chmod \"$(stat -L -c '%a' -- \"$file\")\" \"$new\""
                        + "; mv -f -- \"$new\" \"$file\"",
                Guard.onlyIf("[ -f " + file + " ] && " + others + " | grep -q .")));
    }
}
