package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import dev.converge.model.InvalidValueException;
import java.util.List;
import java.util.Optional;

/**
 * Where RancherOS has something for a step: a key, its shell, or nothing. What it does with a key is in its source: state
 * disks in {@code images/02-bootstrap/auto-format.sh}, all of the console in {@code pkg/init} and {@code
 * cmd/cloudinitexecute}.
 */
final class RancherKeys {
    private static final String STATE = "RANCHER_STATE";
    private static final String STATE_TYPE = "ext4";
    private static final List<String> VOLUME = List.of("volume", "create");
    private static final String LOGIN = "rancher";

    private RancherKeys() {}

    /** @throws InvalidValueException when there is nothing; the message says why */
    static RancherStage stageOf(Step step) {
        refuseKind(step);
        refuseValue(step);
        if (step instanceof Step.WriteFile file) {
            return RancherSettings.of(file).isPresent()
                    ? RancherStage.INIT
                    : isPlain(file) ? RancherStage.FILES : RancherStage.RUN;
        }
        if (step instanceof Step.Mount mount) {
            return mount.now() ? RancherStage.MOUNTS : RancherStage.RUN;
        }
        if (step instanceof Step.RunContainer) {
            return RancherStage.SERVICES;
        }
        if (step instanceof Step.ContainerCommand command) {
            InvalidValueException.when(
                    !isImplied(command),
                    "RancherOS makes networks and volumes only with their containers.",
                    "Name the volume in the container alone; let containers share the network bridge or host.");
            return RancherStage.INIT;
        }
        boolean init = step instanceof Step.SetHostname
                || step instanceof Step.AuthorizeKey
                || step instanceof Step.SetSysctl
                || step instanceof Step.FormatDisk
                || step instanceof Step.SetUnit
                || step instanceof Step.Say;
        return init ? RancherStage.INIT : RancherStage.RUN;
    }

    private static boolean isPlain(Step.WriteFile file) {
        Ownership ownership = file.ownership();
        return file.content().isPresent()
                && file.replace()
                && file.validate().isEmpty()
                && ownership.mode().filter(mode -> !mode.isSymbolic()).isPresent()
                && isRoot(ownership.owner())
                && isRoot(ownership.group());
    }

    private static boolean isRoot(Optional<String> account) {
        return account.isEmpty() || account.get().equals("root");
    }

    /** Docker pulls an image, and makes a volume, when a container asks for it. */
    private static boolean isImplied(Step.ContainerCommand command) {
        List<String> words = command.words();
        return words.get(0).equals("pull")
                || words.subList(0, Math.min(2, words.size())).equals(VOLUME);
    }

    /** Whatever it says. */
    private static void refuseKind(Step step) {
        InvalidValueException.when(
                step instanceof Step.InstallPackage
                        || step instanceof Step.RemovePackage
                        || step instanceof Step.AddRepository,
                "RancherOS has no packages.",
                "Put the software into a container.");
        InvalidValueException.when(
                step instanceof Step.AddUser || step instanceof Step.AddGroup || step instanceof Step.RemoveAccount,
                "RancherOS makes no accounts.",
                "There is the user rancher; authorizedKey lets people log in as it.");
        InvalidValueException.when(
                step instanceof Step.SetTimezone,
                "RancherOS has no key for the time zone.",
                "Set TZ in the environment of the containers.");
        InvalidValueException.when(
                step instanceof Step.ReloadUnits || step instanceof Step.RefreshUnit,
                "RancherOS has no systemd, so units mean nothing to it.",
                "Run the software in a container.");
    }

    /** For what it says. */
    private static void refuseValue(Step step) {
        InvalidValueException.when(
                step instanceof Step.AuthorizeKey key && !key.user().equals(LOGIN),
                "RancherOS takes keys for its user rancher alone.",
                "Give the key to rancher.");
        InvalidValueException.when(
                step instanceof Step.SetUnit unit && unit.enabled().isEmpty(),
                "RancherOS includes a service for good or not at all.",
                "Say enabled true or enabled false.");
        InvalidValueException.when(
                step instanceof Step.FormatDisk disk
                        && !disk.label().filter(STATE::equals).isPresent(),
                "RancherOS formats only the disk that it keeps its state on.",
                "Give it the label RANCHER_STATE, or format it in a container.");
        InvalidValueException.when(
                step instanceof Step.FormatDisk disk && !disk.type().equals(STATE_TYPE),
                "RancherOS formats the disk that it keeps its state on as ext4, whatever is asked for.",
                "Say type 'ext4'.");
    }
}
