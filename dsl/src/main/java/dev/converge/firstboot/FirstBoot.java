package dev.converge.firstboot;

import dev.converge.model.Declared;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import java.util.List;

/**
 * A provider whose resources can be made by what boots a machine, without Converge being there. The steps take a machine
 * that was never converged to the state that {@code apply} would have brought it to; all of them may be done again
 * without harm.
 */
public interface FirstBoot<R extends Resource> {
    /**
     * What makes the resource, in this order.
     *
     * @param scene what else the machine gets
     * @throws InvalidValueException when steps cannot say what the resource wants; its message names the attribute
     */
    List<Step> steps(Declared<R> declared, Scene scene);

    /**
     * What a notification of the resource comes to, once all that notifies it is done. Only asked where something
     * notifies it.
     */
    default List<Step> refreshSteps(Declared<R> declared, Scene scene) {
        return List.of();
    }
}
