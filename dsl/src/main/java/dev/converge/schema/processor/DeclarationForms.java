package dev.converge.schema.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ways in which a type is declared, by what stands before the braces: its name as one text, as several arguments,
 * or a list of names; each with the attribute that may follow.
 */
final class DeclarationForms {
    private DeclarationForms() {}

    /**
     * One way.
     *
     * @param names the parameters that name the resource or resources, as source
     * @param name the expression that they make up
     * @param argument the attribute that follows
     */
    record Form(List<String> names, String name, Optional<Component> argument) {

        /** All parameters, as a method declares them. */
        String parameters() {
            List<String> all = new ArrayList<>(names);
            argument.ifPresent(c -> all.add(LanguageSource.scalar(c.kind()) + " " + c.name()));
            return String.join(", ", all);
        }

        /** All parameters, as they are handed on. */
        String arguments() {
            return names.stream().map(Form::nameOf).collect(Collectors.joining(", "))
                    + argument.map(c -> ", " + c.name()).orElse("");
        }

        private static String nameOf(String parameter) {
            return parameter.substring(parameter.lastIndexOf(' ') + 1);
        }
    }

    static List<Form> of(TypeModel model) {
        List<Form> forms = new ArrayList<>();
        Form one = new Form(List.of("CharSequence name"), "name", Optional.empty());
        forms.add(one);
        if (model.nameParts().isEmpty()) {
            Form several = new Form(List.of("Collection<? extends CharSequence> names"), "names", Optional.empty());
            forms.add(several);
            model.argument().ifPresent(argument -> {
                forms.add(new Form(one.names(), one.name(), Optional.of(argument)));
                forms.add(new Form(several.names(), several.name(), Optional.of(argument)));
            });
            return forms;
        }
        List<String> parts =
                model.nameParts().stream().map(part -> "CharSequence " + part).toList();
        String joined = "new CharSequence[] {" + String.join(", ", model.nameParts()) + "}";
        forms.add(new Form(parts, joined, Optional.empty()));
        model.argument().ifPresent(argument -> forms.add(new Form(parts, joined, Optional.of(argument))));
        return forms;
    }
}
