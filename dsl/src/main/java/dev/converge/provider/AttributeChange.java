package dev.converge.provider;

import dev.converge.model.Attribute;
import java.util.Optional;

/**
 * One property that differs.
 *
 * @param attribute which
 * @param before the observed value, when there is one
 * @param after the desired value
 */
public record AttributeChange(Attribute attribute, Optional<Object> before, Object after) {}
