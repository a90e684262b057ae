package dev.converge.target;

import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step.Account;
import dev.converge.firstboot.Step.AddUser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Users as lines of sh(1): made where they are missing, and then given what they have otherwise. */
final class ShellAccounts {
    private static final int UID = 3;
    private static final int COMMENT = 5;
    private static final int HOME = 6;
    private static final int SHELL = 7;

    private ShellAccounts() {}

    static List<String> of(AddUser step) {
        List<String> lines = new ArrayList<>();
        Account account = step.account();
        String name = Quoted.word(step.name());
        lines.add("add_user " + name + options(step));
        account.uid().ifPresent(uid -> lines.add(field(name, UID, uid.toString(), "--uid")));
        account.gid().ifPresent(gid -> lines.add("user_group " + name + " " + Quoted.word(gid)));
        account.comment().ifPresent(text -> lines.add(field(name, COMMENT, text, "--comment")));
        account.home().ifPresent(home -> lines.add(field(name, HOME, home.toString(), "--home")));
        account.shell().ifPresent(shell -> lines.add(field(name, SHELL, shell.toString(), "--shell")));
        account.groups().forEach(group -> lines.add("member " + name + " " + Quoted.word(group)));
        account.password().ifPresent(hash -> {
            boolean bar = account.locked().orElse(false) && !hash.reveal().startsWith("!");
            lines.add("password " + name + " << 'END'\n" + (bar ? "!" : "") + hash.reveal() + "\nEND");
        });
        if (account.password().isEmpty()) {
            account.locked().ifPresent(bar -> lines.add("locked " + name + (bar ? " yes" : " no")));
        }
        account.expires().ifPresent(day -> lines.add("expires " + name + " " + Quoted.always(days(day))));
        return lines;
    }

    private static String field(String name, int number, String value, String option) {
        return "user_field " + name + " " + number + " " + Quoted.always(value) + " " + option;
    }

    private static String options(AddUser step) {
        Account account = step.account();
        StringBuilder out = new StringBuilder(step.system() ? " --system" : "");
        account.uid().ifPresent(uid -> out.append(" --uid ").append(uid));
        account.gid().ifPresent(gid -> out.append(" --gid ").append(Quoted.word(gid)));
        account.home().ifPresent(home -> out.append(" --home-dir ").append(ShellSteps.word(home)));
        out.append(account.manageHome() ? " --create-home" : " --no-create-home");
        account.shell().ifPresent(shell -> out.append(" --shell ").append(ShellSteps.word(shell)));
        return out.toString();
    }

    /** As shadow(5) has it: a date would be read in the machine's time zone. */
    private static String days(String day) {
        return Optional.of(day)
                .filter(text -> !text.equals("never"))
                .map(text -> Long.toString(LocalDate.parse(text).toEpochDay()))
                .orElse("");
    }
}
