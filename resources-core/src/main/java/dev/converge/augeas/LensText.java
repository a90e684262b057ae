package dev.converge.augeas;

/**
 * A file's text as lenses take it: lines that end with LF, the last one too. What the file has otherwise is put back
 * after the edit.
 *
 * @param text for the lens
 * @param windows whether every line of the file ends with CR LF
 * @param open whether the file's last line has no end
 */
record LensText(String text, boolean windows, boolean open) {
    static LensText of(String original) {
        boolean windows =
                original.contains("\r\n") && original.replace("\r\n", "").indexOf('\n') < 0;
        String lines = windows ? original.replace("\r\n", "\n") : original;
        boolean open = !lines.isEmpty() && !lines.endsWith("\n");
        return new LensText(open ? lines + "\n" : lines, windows, open);
    }

    /** The edited text as the file has it. */
    String restore(String edited) {
        boolean sameLastLine = open && lastLine(edited).equals(lastLine(text));
        String lines = sameLastLine ? edited.substring(0, edited.length() - 1) : edited;
        return windows ? lines.replace("\n", "\r\n") : lines;
    }

    private static String lastLine(String lines) {
        return lines.substring(lines.lastIndexOf('\n', lines.length() - 2) + 1);
    }
}
