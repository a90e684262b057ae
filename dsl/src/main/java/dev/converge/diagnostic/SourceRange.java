package dev.converge.diagnostic;

/**
 * A place in a site's file.
 *
 * @param file path relative to the site's root, or absolute for a file outside it
 * @param line first line, from 1; 0 for what stands in no file
 * @param column first column, from 1
 * @param endLine last line, from 1
 * @param endColumn one past the last column, from 1; equal to {@code column} when the length is not known
 */
public record SourceRange(String file, int line, int column, int endLine, int endColumn)
        implements Comparable<SourceRange> {

    public static SourceRange point(String file, int line, int column) {
        return new SourceRange(file, line, column, line, column);
    }

    /** What stands in no file, and so on no line: an option of a command line, by its name. */
    public static SourceRange outside(String what) {
        return point(what, 0, 0);
    }

    /** {@code file:line}, for who reads it beside the file; what stands in no file has its name alone. */
    public String fileAndLine() {
        return line == 0 ? file : file + ":" + line;
    }

    @Override
    public int compareTo(SourceRange other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, the form that editors and terminals turn into a link. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
