package dev.converge.accounts;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Account;
import dev.converge.firstboot.Step.AddUser;
import dev.converge.firstboot.Step.RemoveAccount;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What makes a user without Converge. */
final class UserFirstBoot {
    private static final int MIN_AGE = 4;
    private static final int MAX_AGE = 5;
    private static final int WARNING = 6;

    private UserFirstBoot() {}

    static List<Step> steps(Declared<UserResource> declared) {
        UserResource user = declared.desired();
        String name = user.name().text();
        if (declared.ensure() == Ensure.ABSENT) {
            InvalidValueException.when(
                    user.manageHome(),
                    "Only Converge itself knows whether a home may go with its user.",
                    "Leave manageHome out.");
            return List.of(new RemoveAccount(name, false));
        }
        InvalidValueException.when(
                user.password().filter(secret -> !Password.isHash(secret)).isPresent(),
                "The password is in clear text, which would have to be hashed anew at each rendering.",
                "Give its hash, as 'mkpasswd' prints it.");
        InvalidValueException.when(
                user.allowDuplicateUid(), "Two users of one number are only for Converge itself.", "Leave it out.");
        List<Step> steps = new ArrayList<>();
        steps.add(new AddUser(name, account(user), user.system()));
        if (user.exclusiveGroups()) {
            steps.add(onlyGroups(name, user.groups().orElse(Set.of())));
        }
        age(name, user.passwordMinAge(), MIN_AGE, "--mindays").ifPresent(steps::add);
        age(name, user.passwordMaxAge(), MAX_AGE, "--maxdays").ifPresent(steps::add);
        age(name, user.passwordWarnDays(), WARNING, "--warndays").ifPresent(steps::add);
        return steps;
    }

    private static Account account(UserResource user) {
        return new Account(
                user.uid(),
                user.gid(),
                user.groups().orElse(Set.of()),
                user.comment().map(Gecos::text),
                user.home(),
                user.manageHome(),
                user.shell(),
                user.password(),
                user.locked(),
                user.expires().map(AccountExpiry::toString));
    }

    private static Step onlyGroups(String name, Set<String> groups) {
        String all = String.join(",", new TreeSet<>(groups));
        String now = "awk -F: -v name=" + Quoted.word(name)
                + " '{ n = split($4, m, \",\"); for (i = 1; i <= n; i++) if (m[i] == name) print $1 }' /etc/group"
                + " | LC_ALL=C sort | paste -sd, -";
        return RunCommand.shell(
                "usermod --groups " + Quoted.always(all) + " -- " + Quoted.word(name),
                Guard.unless("[ \"$(" + now + ")\" = " + Quoted.always(all) + " ]"));
    }

    private static Optional<Step> age(String name, Optional<Integer> days, int field, String option) {
        return days.map(number -> RunCommand.shell(
                "chage " + option + " " + number + " -- " + Quoted.word(name),
                Guard.unless("[ \"$(grep " + Quoted.word("^" + name + ":") + " /etc/shadow | cut -d: -f" + field
                        + ")\" = " + number + " ]")));
    }
}
