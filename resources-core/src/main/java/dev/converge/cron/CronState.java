package dev.converge.cron;

import dev.converge.filesystem.Stat;
import dev.converge.model.Mode;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A job's file, as the resource that a manifest would describe.
 *
 * @param hidden whether a secret may be in it: then nobody sees any of its texts
 */
record CronState(CronText text, Stat stat, boolean hidden) {
    CronResource resource(CronName name) {
        Map<String, Text> environment = new LinkedHashMap<>();
        text.environment().forEach((variable, value) -> environment.put(variable, shown(value)));
        int others = text.others().size();
        String extra = hidden ? others + " more lines" : String.join("; ", text.others());
        return new CronResource(
                name,
                shown(text.command()),
                Optional.of(new CronSchedule(text.schedule().toLowerCase(Locale.ROOT))),
                text.user(),
                environment,
                stat.uid() == 0 ? "root" : Integer.toString(stat.uid()),
                Optional.of(Mode.ofBits(stat.mode())),
                others == 0 ? "none" : extra);
    }

    private Text shown(String value) {
        return hidden ? Text.of(Secret.of(value)) : Text.of(value);
    }
}
