package dev.converge.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The component that is the resource's name. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Id {
    /**
     * What its parts are called, when a manifest gives them as arguments of their own:
     * {@code setting('/etc/ssh/sshd_config', 'PermitRootLogin')}. The name's text is the parts with a colon between
     * them; its class takes that text apart, and implements {@link dev.converge.model.PartedName} if it does so
     * elsewhere than at the first colons.
     */
    String[] parts() default {};
}
