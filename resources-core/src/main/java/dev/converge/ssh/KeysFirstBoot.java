package dev.converge.ssh;

import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.AuthorizeKey;
import dev.converge.firstboot.Step.KeepKeys;
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

    /** Lines with other keys go; blank ones and comments stay. */
    static List<Step> only(AuthorizedKeysResource keys, Scene scene) {
        String user = keys.user().text();
        return List.of(new KeepKeys(
                user,
                scene.all("authorizedKey", AuthorizedKeyResource.class).stream()
                        .filter(one -> one.ensure() == Ensure.PRESENT)
                        .map(Declared::desired)
                        .filter(key -> key.name().user().text().equals(user))
                        .map(key -> key.key().orElseThrow().base64())
                        .toList()));
    }
}
