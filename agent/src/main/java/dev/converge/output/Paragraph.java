package dev.converge.output;

/** Text broken into lines that are easy to read. */
final class Paragraph {
    private static final int WIDTH = 92;

    private Paragraph() {}

    /** Every line indented and ended. */
    static String of(String text, int indent) {
        StringBuilder out = new StringBuilder();
        String gap = " ".repeat(indent);
        int column = 0;
        for (String word : text.split(" ")) {
            if (column == 0) {
                out.append(gap).append(word);
                column = indent + word.length();
            } else if (column + 1 + word.length() > WIDTH) {
                out.append('\n').append(gap).append(word);
                column = indent + word.length();
            } else {
                out.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        return out.append('\n').toString();
    }
}
