package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys of cloud-init do exactly what a step says; what none does is left to shell.
 *
 * <p>{@code mounts} adds an option of its own to the line of fstab(5) and passes over devices that it does not find;
 * {@code fs_setup} may take a partition of the device, and does not look for tables of partitions: neither is used. An
 * account that is already there is left as it is by {@code users}, so those that every image has are none for it.
 */
final class CloudInitKeys {
    private static final String ROOT = "root";
    /** Accounts of base-passwd, of systemd and of what images of Debian, Ubuntu, Fedora and Alpine bring along. */
    private static final Set<String> OF_IMAGES = Set.of(
            ("root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt adm"
                            + " shutdown halt operator ftp dbus messagebus polkitd sshd syslog uuidd tcpdump landscape"
                            + " pollinate tss systemd-network systemd-resolve systemd-timesync systemd-coredump systemd-oom"
                            + " chrony rpc rpcuser ntp cron guest squid postmaster debian ubuntu fedora centos rocky"
                            + " almalinux ec2-user cloud-user admin alpine")
                    .split(" "));

    private final Set<String> declaredGroups;

    /** @param declaredGroups groups that the plan makes itself */
    CloudInitKeys(Set<String> declaredGroups) {
        this.declaredGroups = declaredGroups;
    }

    /** The stages that can take it, in their order; {@link CloudStage#RUN} can take every step and is not among them. */
    List<CloudStage> of(Step step) {
        if (step instanceof Step.WriteFile file) {
            return Secrecy.isSensitive(step) ? List.of() : of(file);
        }
        if (step instanceof Step.AddRepository) {
            return Secrecy.isSensitive(step) ? List.of() : List.of(CloudStage.FILES);
        }
        if (step instanceof Step.InstallPackage wanted) {
            return isPlain(wanted) ? List.of(CloudStage.PACKAGES) : List.of();
        }
        if (step instanceof Step.AddUser user) {
            return isPlain(user) ? List.of(CloudStage.ACCOUNTS) : List.of();
        }
        if (step instanceof Step.AddGroup group) {
            return isPlain(group) ? List.of(CloudStage.ACCOUNTS) : List.of();
        }
        if (step instanceof Step.SetHostname) {
            return List.of(CloudStage.HOSTNAME);
        }
        return step instanceof Step.SetTimezone ? List.of(CloudStage.TIMEZONE) : List.of();
    }

    /** {@code write_files} always sets an owner and a mode. An image's own files are root's; those of packages may not be. */
    private static List<CloudStage> of(Step.WriteFile file) {
        Ownership ownership = file.ownership();
        if (file.content().isEmpty()
                || !file.replace()
                || !file.validate().isEmpty()
                || ownership.mode().isEmpty()) {
            return List.of();
        }
        if (ownership.mode().get().isSymbolic() || ownership.mode().get().bits() == 0) {
            return List.of();
        }
        List<CloudStage> stages = new ArrayList<>();
        if (isRoot(ownership.owner()) && isRoot(ownership.group())) {
            stages.add(CloudStage.FILES);
        }
        if (ownership.owner().isPresent() && ownership.group().isPresent()) {
            stages.add(CloudStage.DEFERRED);
        }
        return List.copyOf(stages);
    }

    private static boolean isRoot(Optional<String> account) {
        return account.isEmpty() || account.get().equals(ROOT);
    }

    private static boolean isPlain(Step.InstallPackage wanted) {
        return !wanted.hold()
                && wanted.recommends().isEmpty()
                && wanted.version().filter(version -> version.contains("*")).isEmpty();
    }

    /** A group that is there already is left alone, and its members have to be there before it. */
    private static boolean isPlain(Step.AddGroup group) {
        return group.gid().isEmpty()
                && !group.system()
                && group.members().isEmpty()
                && !OF_IMAGES.contains(group.name());
    }

    private boolean isPlain(Step.AddUser user) {
        Step.Account account = user.account();
        boolean hasGroup = account.gid().isPresent() || !declaredGroups.contains(user.name());
        boolean homeless = user.system() && account.manageHome();
        boolean opened = account.password().isEmpty()
                && account.locked().filter(locked -> !locked).isPresent();
        return hasGroup && !homeless && !opened && !OF_IMAGES.contains(user.name());
    }

    /** Whether the keys of this user can stand in its entry: cloud-init refuses them where it makes no home. */
    static boolean takesKeys(Step.AddUser user) {
        return user.account().manageHome() && !user.system();
    }
}
