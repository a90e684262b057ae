package dev.converge.testing.runner;

import dev.converge.diagnostic.Letters;
import dev.converge.output.Figures;
import dev.converge.output.Style;
import dev.converge.testing.Coverage;
import dev.converge.testing.runner.TestResult.Verdict;
import java.util.List;

/** The tests of a module as text for people: each as soon as it has ended, and what all came to. */
public final class TestText {
    private static final int UNTOUCHED = 20;

    private final Style style;
    private String spec = "";

    public TestText(Style style) {
        this.style = style;
    }

    /** One test, below the name of its spec. */
    public String of(TestResult result) {
        StringBuilder out = new StringBuilder();
        if (!result.spec().equals(spec)) {
            out.append(spec.isEmpty() ? "" : "\n")
                    .append(style.bold(result.spec()))
                    .append('\n');
            spec = result.spec();
        }
        String name = Letters.oneLine(result.name());
        switch (result.verdict()) {
            case PASSED -> out.append(style.green("  ok       ")).append(name);
            case FAILED -> out.append(style.red("  failed   ")).append(name);
            case SKIPPED -> out.append(style.yellow("  skipped  ")).append(name);
        }
        out.append("   ").append(style.dim(Figures.time(result.took()))).append('\n');
        result.at()
                .ifPresent(at ->
                        out.append("           ").append(style.cyan("at " + at)).append('\n'));
        if (!result.why().isEmpty()) {
            Letters.visible(result.why())
                    .lines()
                    .forEach(line -> out.append("           ").append(line).append('\n'));
        }
        return style.fit(out.toString());
    }

    /** The last lines: numbers, and what no test has looked at. */
    public String end(TestReport report) {
        long failed = report.count(Verdict.FAILED);
        long skipped = report.count(Verdict.SKIPPED);
        StringBuilder out = new StringBuilder("\n");
        out.append(Figures.count(report.results().size(), "test")).append(": ");
        out.append(report.count(Verdict.PASSED)).append(" passed");
        out.append(failed == 0 ? "" : style.red(", " + failed + " failed"));
        out.append(skipped == 0 ? "" : style.yellow(", " + skipped + " skipped"));
        out.append(", in ").append(Figures.time(report.took())).append('\n');
        coverage(report.coverage(), out);
        return style.fit(out.toString());
    }

    private void coverage(Coverage coverage, StringBuilder out) {
        if (coverage.total() == 0) {
            return;
        }
        List<Coverage.Untouched> untouched = coverage.untouched();
        int touched = coverage.total() - untouched.size();
        out.append("Coverage: ").append(touched).append(" of ").append(coverage.total());
        out.append(" declarations (").append(touched * 100 / coverage.total()).append(" %)");
        out.append(untouched.isEmpty() ? ".\n" : "; no test has looked at\n");
        untouched.stream().limit(UNTOUCHED).forEach(one -> out.append("  ")
                .append(Letters.oneLine(one.resource().toString()))
                .append("   ")
                .append(style.dim(one.place().toString()))
                .append('\n'));
        if (untouched.size() > UNTOUCHED) {
            out.append("  … and ").append(untouched.size() - UNTOUCHED).append(" more\n");
        }
    }
}
