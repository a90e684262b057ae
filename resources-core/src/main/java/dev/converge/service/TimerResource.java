package dev.converge.service;

import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work that systemd does at set times: a timer unit and, when a command is given, the service that it starts, enabled
 * and waiting for its next time. Its output goes to the journal. What does not end in time is not started a second
 * time beside itself. {@code ensure 'absent'} stops and removes the timer and the service that was made for it; a run
 * of it that is under way ends by itself.
 *
 * @param name what it is called: {@code backup} makes {@code backup.timer} and {@code backup.service}
 * @param timerFile the timer's unit: follows from the times
 * @param serviceFile the unit of the service that it starts: follows from command, user and settings
 * @param running whether the timer is waiting for its next time
 * @param enabled whether it does so after a boot too
 * @param onCalendar times of the calendar, as systemd.time(7) writes them: {@code daily}, {@code Mon..Fri 07:30},
 *     {@code *-*-01 04:00:00}
 * @param onBoot how long after each boot it comes first
 * @param onUnitActive how long after its last start it comes again
 * @param persistent whether a time of the calendar that was missed, as the host was off, is made up for
 * @param randomizedDelay up to how much later it comes, at random, so that not every host comes at once
 * @param accuracy by how much it may be moved to wake the host less often; one minute when left out
 * @param command the program and its arguments, each as one word; no shell reads them
 * @param runs the unit that it starts instead of a service of its own
 * @param user account that the command runs as; root when left out
 * @param description what it is for, for {@code systemctl list-timers} and the journal
 * @param settings further settings of its service's section [Service], such as {@code settings Nice: 10}
 */
@ResourceType(name = "timer", provider = TimerProvider.class, example = """
                timer('backup') {
                    onCalendar 'Mon..Sat 02:30'
                    command '/usr/local/bin/backup', '--all'
                    user 'backup'
                    persistent true
                }
                """)
public record TimerResource(
        @Id @AutoRequire(value = "service", before = true) TimerName name,
        @Derived Optional<Content> timerFile,
        @Derived Optional<Content> serviceFile,
        @Default("true") boolean running,
        @Default("true") boolean enabled,
        @Parameter List<String> onCalendar,
        @Parameter Optional<Duration> onBoot,
        @Parameter Optional<Duration> onUnitActive,
        @Parameter @Default("false") boolean persistent,
        @Parameter Optional<Duration> randomizedDelay,
        @Parameter Optional<Duration> accuracy,
        @Parameter @AutoRequire({"file", "link", "pkg"}) List<String> command,
        @Parameter @AutoRequire("unit") Optional<UnitName> runs,
        @Parameter @AutoRequire("user") Optional<String> user,
        @Parameter Optional<String> description,
        @Parameter Map<String, UnitSetting> settings)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when it would never come, or what it starts is not clear */
    public TimerResource {
        boolean scheduled = !onCalendar.isEmpty() || onBoot.isPresent() || onUnitActive.isPresent();
        InvalidValueException.when(
                !scheduled && (!command.isEmpty() || runs.isPresent()),
                "The timer has no time at which it comes.",
                "Give onCalendar, such as 'daily', or onBoot or onUnitActive.");
        InvalidValueException.when(
                !command.isEmpty() && runs.isPresent(),
                "The timer either runs a command or starts another unit, and both are given.",
                "Leave one of them out.");
        InvalidValueException.when(
                command.isEmpty() && (user.isPresent() || !settings.isEmpty()),
                "user and settings belong to a command, and none is given.",
                "Give them to the unit that the timer starts.");
        InvalidValueException.when(
                !command.isEmpty() && command.get(0).matches("(?s)[-@:+!|].*|.*\\s.*|"),
                "\"command\" does not begin with the path of a program.",
                "Write one word per argument: command '/usr/local/bin/backup', '--all'.");
        if (scheduled && timerFile.isEmpty()) {
            timerFile = Optional.of(Content.of(TimerText.timer(
                    name, onCalendar, onBoot, onUnitActive, persistent, randomizedDelay, accuracy, runs, description)));
        }
        if (!command.isEmpty() && serviceFile.isEmpty()) {
            serviceFile = Optional.of(Content.of(TimerText.service(name, command, user, description, settings)));
        }
    }

    /** The unit that it starts. */
    String started() {
        return runs.map(UnitName::text).orElseGet(name::service);
    }

    /** The timer as it is on the host. */
    TimerResource observed(Optional<Content> timer, Optional<Content> service, boolean waits, boolean starts) {
        return new TimerResource(
                name,
                timer,
                service,
                waits,
                starts,
                onCalendar,
                onBoot,
                onUnitActive,
                persistent,
                randomizedDelay,
                accuracy,
                command,
                runs,
                user,
                description,
                settings);
    }

    @Override
    public List<Path> files() {
        return List.of(UnitFolders.ETC.resolve(name.timer()), UnitFolders.ETC.resolve(name.service()));
    }

    @Override
    public List<Path> wholeFiles() {
        return command.isEmpty() ? List.of(UnitFolders.ETC.resolve(name.timer())) : files();
    }
}
