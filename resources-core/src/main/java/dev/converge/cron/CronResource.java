package dev.converge.cron;

import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Mode;
import dev.converge.model.Resource;
import dev.converge.model.Text;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job of cron(8): a command that runs at certain times, in a file of its own, {@code /etc/cron.d/converge-NAME}.
 * Crontabs of users are never touched. A schedule that cron would not take, which makes it ignore the whole file, is
 * refused while the manifest is compiled. {@code ensure 'absent'} removes the file.
 *
 * @param name what the job is called: letters, digits, {@code -} and {@code _}, for cron ignores files with a dot in
 *     their names
 * @param command what {@code /bin/sh} runs (or {@code SHELL} in the environment): one line. A {@code %} stands for itself,
 *     since it is escaped for cron
 * @param schedule when: minute, hour, day of the month, month and day of the week, such as {@code '0 3 * * mon-fri'}, or
 *     one of {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly}, {@code @yearly} and {@code @reboot}. When
 *     both days are restricted, cron runs it on either
 * @param user the account that runs it
 * @param environment variables of the job, such as {@code PATH} and {@code MAILTO}; nothing in them is expanded
 * @param owner who owns the file: always {@code root}, or cron would ignore it
 * @param mode the file's mode: {@code 0644}, or {@code 0600} when a secret is in it
 * @param others what else is in the file: always {@code none}
 */
@ResourceType(
        name = "cron",
        provider = CronProvider.class,
        after = {"pkg[cron]", "pkg[cronie]"},
        example = """
                cron('backup') {
                    command '/usr/local/bin/backup --all'
                    schedule '0 3 * * *'
                    environment MAILTO: 'ops@example.com'
                }
                """)
public record CronResource(
        @Id CronName name,
        Text command,
        @Required Optional<CronSchedule> schedule,
        @Default("root") @AutoRequire("user") String user,
        Map<String, Text> environment,
        @Derived @Default("root") String owner,
        @Derived Optional<Mode> mode,
        @Derived @Default("none") String others)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when cron would read something else than what is given */
    public CronResource {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        // A file on the host has a mode, and may hold what no author can give.
        if (mode.isEmpty()) {
            CronChecks.check(command, user, environment);
            mode = Optional.of(Mode.parse(isSensitive(command, environment) ? "0600" : "0644"));
        }
    }

    boolean isSensitive() {
        return isSensitive(command, environment);
    }

    private static boolean isSensitive(Text command, Map<String, Text> environment) {
        return command.isSensitive() || environment.values().stream().anyMatch(Text::isSensitive);
    }

    @Override
    public List<Path> files() {
        return List.of(name.file());
    }

    @Override
    public List<Path> wholeFiles() {
        return files();
    }
}
