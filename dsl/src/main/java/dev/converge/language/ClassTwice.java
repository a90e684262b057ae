package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says who declares the same class, since classes of a site and of its modules all have their names in one place. */
final class ClassTwice {
    private static final Pattern TOLD = Pattern.compile(
            "^Invalid duplicate class definition of class (\\S+) : The sources (\\S+) and (\\S+) each contain");

    private ClassTwice() {}

    /**
     * Empty when the compiler tells of something else.
     *
     * @param here where it tells of it
     */
    static Optional<Diagnostic> of(String text, List<SourceFile> sources, SourceFile here) {
        Matcher told = TOLD.matcher(text);
        if (!told.find()) {
            return Optional.empty();
        }
        String name = told.group(1);
        String one = told.group(2);
        SourceFile other = sources.stream()
                .filter(source -> !source.equals(here))
                .filter(source ->
                        source.unitName().equals(one) || source.unitName().equals(told.group(3)))
                .findFirst()
                .orElse(here);
        String first = owner(other);
        Diagnostic twice = Diagnostic.error(
                        other.module().or(here::module).isPresent() ? Code.MODULE : Code.SYNTAX,
                        "Class declared twice",
                        Character.toUpperCase(first.charAt(0)) + first.substring(1) + " and " + owner(here)
                                + " both declare a class " + name + ".")
                .suggest("Give one of them another name.");
        return Optional.of(twice.related(Related.at("the other one", place(other, name))));
    }

    private static String owner(SourceFile source) {
        return source.module()
                .map(module -> "the module " + module.description())
                .orElse("the site's " + source.path());
    }

    private static SourceRange place(SourceFile source, String name) {
        Matcher declaration = Pattern.compile("\\b(class|enum|interface|record)\\s+" + Pattern.quote(name) + "\\b")
                .matcher(source.text());
        int line = 1;
        if (declaration.find()) {
            line += (int) source.text()
                    .substring(0, declaration.start())
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
        }
        return SourceRange.point(source.path(), line, 1);
    }
}
