package dev.converge.language;

import dev.converge.facts.Facts;
import java.util.Map;

/** What every template becomes a subclass of. */
public abstract class TemplateScript implements AsksData {
    private final StringBuilder text = new StringBuilder();
    private Map<String, Object> variables = Map.of();
    private Facts facts;
    private Lookups lookups;

    /** The template's text, part by part; compiled code has it. */
    public abstract Object run();

    final void enter(Map<String, Object> given, Facts hostFacts, Lookups data) {
        variables = given;
        facts = hostFacts;
        lookups = data;
    }

    @Override
    public final Lookups lookups() {
        return lookups;
    }

    final String text() {
        return text.toString();
    }

    /** Called by compiled templates for each part of the text. */
    public final void emit(Object part) {
        text.append(TextJoin.text(part));
    }

    /** Called by compiled templates for each of their variables. */
    public final Object variable(String name) {
        return variables.get(name);
    }

    /** What is known of the host. */
    public final Facts getFacts() {
        return facts;
    }

    /** Where {@code out << 'text'} goes. */
    public final StringBuilder getOut() {
        return text;
    }

    /** As in Groovy's templates: {@code <% print 'text' %>}. */
    public final void print(Object value) {
        text.append(TextJoin.text(value));
    }

    /** As in Groovy's templates: {@code <% println 'text' %>}. */
    public final void println(Object value) {
        text.append(TextJoin.text(value)).append('\n');
    }
}
