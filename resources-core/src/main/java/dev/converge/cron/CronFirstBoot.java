package dev.converge.cron;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.util.List;
import java.util.Optional;

/** A job of cron(8) without Converge. */
final class CronFirstBoot {
    private CronFirstBoot() {}

    static List<Step> steps(Declared<CronResource> declared) {
        CronResource cron = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new Remove(cron.name().file(), false));
        }
        String text = CronText.of(cron);
        Content content = Content.of(cron.isSensitive() ? Text.of(Secret.of(text)) : Text.of(text));
        Ownership ownership = new Ownership(Optional.of(cron.owner()), Optional.of("root"), cron.mode());
        return List.of(new WriteFile(cron.name().file(), Optional.of(content), ownership, true));
    }
}
