package dev.converge.augeas;

import dev.converge.provider.ResourceFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lens is usual for which file, from the filters of the lenses that Augeas ships: {@code lenses.tsv}, one lens a
 * line, with the paths that are its own (+) and those that are not (-). Made from Augeas 1.14 with
 *
 * <pre>{@code
 * augtool --noload print /augeas/load | awk -F' = ' '
 *   /\/lens = / { split($1, p, "/"); lens[p[4]] = substr($2, 2, length($2) - 2) }
 *   /\/(incl|excl)(\[[0-9]+\])? = / { split($1, p, "/"); s = ($1 ~ /\/incl/) ? "+" : "-"
 *                                     f[p[4]] = f[p[4]] "\t" s substr($2, 2, length($2) - 2) }
 *   END { for (m in lens) print lens[m] f[m] }' | LC_ALL=C sort
 * }</pre>
 */
final class KnownLenses {
    private static final String TABLE = "lenses.tsv";
    private static final Pattern WILD = Pattern.compile("[*?\\[]");

    /** Read when the first resource without a lens asks. */
    private static final class Table {
        private static final List<Filter> FILTERS = read();
    }

    /** The files of one lens. */
    private record Filter(LensName lens, List<String> included, List<String> excluded) {
        boolean names(Path file) {
            return included.contains(file.toString());
        }

        boolean matches(Path file) {
            return included.stream().anyMatch(glob -> fits(glob, file))
                    && excluded.stream().noneMatch(glob -> fits(glob, file));
        }

        /** As in fnmatch(3); a pattern without a slash is about the file's name. */
        private static boolean fits(String glob, Path file) {
            boolean whole = glob.startsWith("/");
            if (!WILD.matcher(glob).find()) {
                return (whole ? file : file.getFileName()).toString().equals(glob);
            }
            String escaped = glob.replaceAll("([{}])", Matcher.quoteReplacement("\\") + "$1");
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + escaped);
            return matcher.matches(whole ? file : file.getFileName());
        }
    }

    private KnownLenses() {}

    /** The usual lens of a file: the one that names it, else the first one with a pattern for it. */
    static Optional<LensName> forFile(Path file) {
        if (file.getFileName() == null) {
            return Optional.empty();
        }
        return Table.FILTERS.stream()
                .filter(filter -> filter.names(file))
                .findFirst()
                .or(() -> Table.FILTERS.stream()
                        .filter(filter -> filter.matches(file))
                        .findFirst())
                .map(Filter::lens);
    }

    /** @throws ResourceFailure when no lens is usual for it */
    static LensName require(Path file) {
        return forFile(file)
                .orElseThrow(() -> new ResourceFailure(
                        "No lens is known for " + file + ".",
                        "Give one, such as lens 'Shellvars' or lens 'IniFile.lns_loose'."));
    }

    private static List<Filter> read() {
        List<Filter> filters = new ArrayList<>();
        try (BufferedReader table = new BufferedReader(
                new InputStreamReader(KnownLenses.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
            table.lines().map(KnownLenses::filter).forEach(filters::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return filters;
    }

    private static Filter filter(String line) {
        List<String> cells = List.of(line.split("\t"));
        return new Filter(LensName.parse(cells.get(0)), marked(cells, "+"), marked(cells, "-"));
    }

    private static List<String> marked(List<String> cells, String mark) {
        return cells.stream()
                .filter(cell -> cell.startsWith(mark))
                .map(cell -> cell.substring(1))
                .toList();
    }
}
