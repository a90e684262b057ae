package dev.converge.language;

import java.util.Map;

/** The templates of a site. */
interface Templates {
    /** The text of {@code templates/NAME} with these variables. */
    String render(String name, Map<String, ?> variables, Evaluation evaluation);
}
