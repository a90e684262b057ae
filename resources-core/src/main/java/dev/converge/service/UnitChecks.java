package dev.converge.service;

import dev.converge.diagnostic.Suggestions;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;

/** Why a change of a unit could not be made, as far as that shows before. */
final class UnitChecks {
    private final ServiceResource desired;
    private final UnitState state;
    private final Systemctl systemctl;
    private final Host host;

    private UnitChecks(ServiceResource desired, UnitState state, Systemctl systemctl, Host host) {
        this.desired = desired;
        this.state = state;
        this.systemctl = systemctl;
        this.host = host;
    }

    static void check(Change<ServiceResource> change, UnitState state, Systemctl systemctl, Host host)
            throws IOException {
        UnitChecks checks = new UnitChecks(change.desired(), state, systemctl, host);
        if (change.names("running") && change.desired().running().orElse(false)) {
            checks.requireStartable();
        }
        if (change.names("enabled")) {
            checks.requireOwnName();
        }
        if (change.names("enabled") && change.desired().enabled().orElse(false)) {
            checks.requireInstallable();
        }
        if (change.names("masked") && change.desired().masked().orElse(false)) {
            checks.requireMaskable();
        }
    }

    private void requireStartable() throws IOException {
        if (!systemctl.runs()) {
            throw new ResourceFailure(
                    "Nothing can be started here: systemd is installed, but this host is not booted.",
                    "Leave out running where an image is built; enabled starts " + desired.name() + " at boot.");
        }
        if (desired.masked().orElse(false)) {
            throw new ResourceFailure(
                    desired.name() + " shall be masked, so nothing may start it, and it shall run.",
                    "Leave out masked or running.");
        }
        if (state.isMasked()) {
            if (desired.masked().isEmpty()) {
                throw new ResourceFailure(
                        desired.name() + " is masked, so nothing may start it.", "Give masked false if it may start.");
            }
            return; // what it is shows only when the mask is off
        }
        requireThere();
        if (state.endsByItself()) {
            throw new ResourceFailure(
                    desired.name() + " never stays running: it is of Type=oneshot and does its work once.",
                    "Leave out running, start it by a timer, or give the unit RemainAfterExit=yes.");
        }
    }

    private void requireThere() throws IOException {
        if (state.load().equals("bad-setting")) {
            throw new ResourceFailure(
                    "The unit " + desired.name().unit() + " is not valid.",
                    "Look with 'systemd-analyze verify " + desired.name().unit() + "'.");
        }
        if (state.exists() || RunLevels.hasScript(desired.name().unit(), host)) {
            return;
        }
        String near = Suggestions.nearest(desired.name().toString(), UnitFolders.names(host))
                .map(name -> "Did you mean '" + name + "'? Else install")
                .orElse("Install");
        throw new ResourceFailure(
                "The host has no service \"" + desired.name() + "\".",
                near + " the package that brings it, or declare its unit, before it.");
    }

    /** systemctl enables and disables a unit by its own name only. */
    private void requireOwnName() {
        boolean alias =
                !state.id().isEmpty() && !state.id().equals(desired.name().unit());
        if (alias || state.file().equals("alias")) {
            String own = alias ? " of " + ServiceName.parse(state.id()) : "";
            throw new ResourceFailure(
                    desired.name() + " is only another name" + own + ", by which it cannot be enabled or disabled.",
                    "Declare it by its own name; 'systemctl show -p Id "
                            + desired.name().unit() + "' tells it.");
        }
    }

    private void requireInstallable() throws IOException {
        if (state.isMasked()) {
            return;
        }
        requireThere();
        String unit = desired.name().unit();
        switch (state.file()) {
            case "static" ->
                throw new ResourceFailure(
                        unit + " has no [Install] section: it cannot be enabled, something else starts it.",
                        "Leave out enabled, or enable its socket, timer or path instead.");
            case "indirect" ->
                throw new ResourceFailure(
                        unit + " is enabled through the units in the Also= of its [Install] section, not by itself.",
                        "Leave out enabled, and declare those; 'systemctl cat " + unit + "' shows them.");
            case "generated", "transient" -> {
                if (!state.isScript()) {
                    throw new ResourceFailure(
                            unit + " is made anew at each boot, so that it cannot be enabled.",
                            "Leave out enabled; what makes it decides, such as /etc/fstab for mounts.");
                }
            }
            case "bad" ->
                throw new ResourceFailure(
                        "The file of " + unit + " is not valid.", "Look with 'systemd-analyze verify " + unit + "'.");
            default -> {
                // enabled-runtime, disabled, linked: systemctl enables these
            }
        }
    }

    /** A mask is a link in the folder where the unit's own file is. */
    private void requireMaskable() {
        Path own = Path.of(state.value("FragmentPath").isEmpty() ? "/" : state.value("FragmentPath"));
        boolean inTheWay = UnitFolders.ETC.equals(own.getParent())
                && own.getFileName().toString().equals(desired.name().unit());
        if (inTheWay && systemctl.user().isEmpty()) {
            throw new ResourceFailure(
                    desired.name() + " cannot be masked: the mask would take the place of its own file " + own + ".",
                    "Remove that file, as with unit and ensure 'absent', or give running false and enabled false.");
        }
    }
}
