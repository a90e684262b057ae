package dev.converge.service;

import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RefreshUnit;
import dev.converge.firstboot.Step.SetUnit;
import dev.converge.model.InvalidValueException;
import java.util.List;

/** What sets a service without Converge. */
final class ServiceFirstBoot {
    private ServiceFirstBoot() {}

    static List<Step> steps(ServiceResource service) {
        InvalidValueException.when(
                service.user().isPresent(),
                "A user's own systemd does not run yet at a first boot.",
                "Declare a service of the system with a user in its unit.");
        boolean nothing = service.enabled().isEmpty()
                && service.running().isEmpty()
                && service.masked().isEmpty();
        return nothing
                ? List.of()
                : List.of(new SetUnit(service.name().unit(), service.enabled(), service.running(), service.masked()));
    }

    static List<Step> refresh(ServiceResource service) {
        return switch (service.refresh()) {
            case NONE -> List.of();
            case RESTART -> List.of(new RefreshUnit(service.name().unit(), false));
            case RELOAD, RELOAD_OR_RESTART ->
                List.of(new RefreshUnit(service.name().unit(), true));
        };
    }
}
