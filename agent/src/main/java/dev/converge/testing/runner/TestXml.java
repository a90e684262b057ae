package dev.converge.testing.runner;

import dev.converge.output.Figures;
import dev.converge.output.JUnitReport;
import dev.converge.output.Xml;
import dev.converge.testing.runner.TestResult.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tests of a module for the pages of CI servers, in the form of {@link JUnitReport}: a suite for each spec. */
public final class TestXml {
    private TestXml() {}

    /** The whole document. */
    public static String of(TestReport report) {
        Map<String, List<TestResult>> specs = new LinkedHashMap<>();
        report.results().forEach(result -> specs.computeIfAbsent(result.spec(), spec -> new ArrayList<>())
                .add(result));
        Xml xml = new Xml().open("testsuites", Map.of());
        int number = 0;
        for (Map.Entry<String, List<TestResult>> spec : specs.entrySet()) {
            xml.open("testsuite", suite(number++, spec.getKey(), spec.getValue(), report));
            xml.leaf("properties", Map.of(), "");
            spec.getValue().forEach(result -> test(result, xml));
            xml.leaf("system-out", Map.of(), "").leaf("system-err", Map.of(), "");
            xml.close("testsuite");
        }
        return xml.close("testsuites").toString();
    }

    private static Map<String, String> suite(int number, String spec, List<TestResult> results, TestReport report) {
        Duration took = results.stream().map(TestResult::took).reduce(Duration.ZERO, Duration::plus);
        Map<String, String> suite = new LinkedHashMap<>();
        suite.put("id", Integer.toString(number));
        suite.put("package", "converge");
        suite.put("name", spec);
        suite.put("hostname", "localhost");
        // Ant's schema knows neither fractions nor zones.
        suite.put(
                "timestamp",
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
                        .withZone(ZoneOffset.UTC)
                        .format(report.started()));
        suite.put("tests", Integer.toString(results.size()));
        suite.put("failures", count(results, Verdict.FAILED));
        suite.put("errors", "0");
        suite.put("skipped", count(results, Verdict.SKIPPED));
        suite.put("time", Double.toString(Figures.seconds(took)));
        return suite;
    }

    private static String count(List<TestResult> results, Verdict verdict) {
        return Long.toString(
                results.stream().filter(result -> result.verdict() == verdict).count());
    }

    private static void test(TestResult result, Xml xml) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", result.name());
        attributes.put("classname", result.spec());
        attributes.put("time", Double.toString(Figures.seconds(result.took())));
        if (result.verdict() == Verdict.PASSED) {
            xml.leaf("testcase", attributes, "");
            return;
        }
        boolean failed = result.verdict() == Verdict.FAILED;
        String first = result.why().lines().findFirst().orElse("");
        Map<String, String> why = new LinkedHashMap<>();
        why.put("message", first);
        why.put("type", failed ? "failed" : "skipped");
        String text = result.at().map(at -> "at " + at + "\n").orElse("") + result.why();
        xml.open("testcase", attributes).leaf(failed ? "failure" : "skipped", why, text);
        xml.close("testcase");
    }
}
