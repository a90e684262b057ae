package dev.converge.schema.processor;

import dev.converge.schema.processor.WordModel.Part;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what {@code XType} and {@code XBody} have for the words that add elements to lists. */
final class WordSource {
    private WordSource() {}

    /** The methods between the braces, such as {@code set(CharSequence path, CharSequence value)}. */
    static void body(List<WordModel> words, StringBuilder out) {
        for (int i = 0; i < words.size(); i++) {
            WordModel word = words.get(i);
            out.append("\n    /** ").append(LanguageSource.escape(word.doc())).append(" */\n    public void ");
            out.append(word.name())
                    .append("(")
                    .append(word.parts().stream()
                            .map(part -> LanguageSource.scalar(part.kind()) + " " + part.name())
                            .collect(Collectors.joining(", ")));
            out.append(") {\n        append(").append(i);
            word.parts().forEach(part -> out.append(", ").append(part.name()));
            out.append(");\n    }\n");
        }
    }

    /** The words as values, and the elements that they make. */
    static void schema(List<WordModel> words, StringBuilder out) {
        if (words.isEmpty()) {
            return;
        }
        out.append("    @Override\n    public List<WordForm> words() {\n        return List.of(");
        out.append(words.stream().map(WordSource::form).collect(Collectors.joining(",")));
        out.append(");\n    }\n\n    @Override\n    public Object element(int word, Object[] values) {\n");
        out.append("        return switch (word) {\n");
        for (int i = 0; i < words.size(); i++) {
            out.append("            case ")
                    .append(i)
                    .append(" -> ")
                    .append(made(words.get(i)))
                    .append(";\n");
        }
        out.append("            default -> throw new IllegalArgumentException(\"no word \" + word);\n");
        out.append("        };\n    }\n\n");
    }

    private static String form(WordModel word) {
        return "\n                new WordForm(" + word.attribute() + ", " + RecordSource.quote(word.name())
                + ", List.of("
                + word.parts().stream()
                        .map(part -> "new WordForm.Part(" + RecordSource.quote(part.name()) + ", " + part.valueType()
                                + ".class)")
                        .collect(Collectors.joining(", "))
                + "), " + RecordSource.quote(word.doc()) + ")";
    }

    private static String made(WordModel word) {
        return word.type() + "." + word.name() + "("
                + IntStream.range(0, word.parts().size())
                        .mapToObj(i -> part(word.parts().get(i), "values[" + i + "]"))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String part(Part part, String value) {
        return switch (part.kind()) {
            case INTEGER, LONG, BOOLEAN, SENSITIVE -> "(" + part.valueType() + ") " + value;
            case STRING, PATH, DURATION, ENUM, PARSED ->
                RecordSource.parsed(part.kind(), part.valueType(), "(String) " + value);
        };
    }
}
