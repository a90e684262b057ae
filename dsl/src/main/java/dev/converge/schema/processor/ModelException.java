package dev.converge.schema.processor;

import javax.lang.model.element.Element;

/** A record that cannot be a resource type; becomes a compile error at the element. */
final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Element element;

    ModelException(String message, Element element) {
        super(message);
        this.element = element;
    }

    Element element() {
        return element;
    }
}
