package dev.converge.accounts;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.AddGroup;
import dev.converge.firstboot.Step.RemoveAccount;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What makes a group without Converge. */
final class GroupFirstBoot {
    private GroupFirstBoot() {}

    static List<Step> steps(Declared<GroupResource> declared) {
        GroupResource group = declared.desired();
        String name = group.name().text();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new RemoveAccount(name, true));
        }
        Set<String> members = new TreeSet<>(group.members().orElse(Set.of()));
        List<Step> steps = new ArrayList<>();
        steps.add(new AddGroup(name, group.gid(), group.system(), members));
        if (group.exclusiveMembers() && group.members().isPresent()) {
            String now = "awk -F: -v name=" + Quoted.word(name)
                    + " '$1 == name { print $4 }' /etc/group | tr , '\\n' | LC_ALL=C sort | paste -sd, -";
            String all = String.join(",", members);
            steps.add(RunCommand.shell(
                    "gpasswd --members " + Quoted.always(all) + " " + Quoted.word(name),
                    Guard.unless("[ \"$(" + now + ")\" = " + Quoted.always(all) + " ]")));
        }
        return steps;
    }
}
