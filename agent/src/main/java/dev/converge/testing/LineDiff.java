package dev.converge.testing;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** Where two texts differ, as a unified diff. */
final class LineDiff {
    private static final int CONTEXT = 3;
    private static final int SHOWN = 60;

    private LineDiff() {}

    /** @param indent what stands before each line */
    static String of(String wantedName, String wanted, String foundName, String found, String indent) {
        List<String> before = wanted.lines().toList();
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                wantedName,
                foundName,
                before,
                DiffUtils.diff(before, found.lines().toList()),
                CONTEXT);
        StringBuilder out = new StringBuilder();
        diff.stream()
                .limit(SHOWN)
                .forEach(line -> out.append('\n').append(indent).append(line));
        if (diff.isEmpty()) {
            out.append('\n').append(indent).append("They differ only in how their last line ends.");
        }
        if (diff.size() > SHOWN) {
            out.append('\n')
                    .append(indent)
                    .append("… and ")
                    .append(diff.size() - SHOWN)
                    .append(" more lines");
        }
        return out.toString();
    }
}
