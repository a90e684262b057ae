package dev.converge.output;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Letters;
import dev.converge.model.Redactor;
import dev.converge.model.Secret;
import dev.converge.report.Origin;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.RunKind;
import dev.converge.report.Unmanaged;
import dev.converge.schema.TypeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the result of tests, for the pages of CI servers: each resource is a test that it is as the manifest says. In
 * the form that both the schema of Ant's JUnitReport and that of Jenkins take.
 */
public final class JUnitReport {
    private final ChangeText changes;
    private final Redactor redactor;
    private final OutcomeText outcomes;

    public JUnitReport(TypeRegistry types, List<Secret> secrets) {
        this.redactor = Redactor.of(secrets);
        this.changes = new ChangeText(types, redactor);
        this.outcomes = new OutcomeText(
                Style.plain(),
                changes,
                new DiagnosticPrinter(file -> Optional.empty(), false),
                redactor,
                Verbosity.VERBOSE);
    }

    /** What a test came to: passed where there is no element for it. */
    private record Verdict(Optional<String> element, String type, String message) {
        private static final Verdict PASSED = new Verdict(Optional.empty(), "", "");

        private static Verdict of(String element, String type, String message) {
            return new Verdict(Optional.of(element), type, message);
        }

        private boolean is(String name) {
            return element.filter(name::equals).isPresent();
        }
    }

    /** The whole document. */
    public String of(Report report) {
        Map<ResourceReport, Verdict> verdicts = new LinkedHashMap<>();
        for (ResourceReport resource : report.resources()) {
            verdicts.put(resource, verdict(resource, report.kind()));
        }
        Xml xml = new Xml().open("testsuites", Map.of());
        xml.open("testsuite", suite(report, verdicts));
        properties(report, xml);
        verdicts.forEach((resource, verdict) -> test(resource, verdict, xml));
        xml.leaf("system-out", Map.of(), told(report));
        xml.leaf("system-err", Map.of(), redactor.redact(messages(report.messages())));
        return xml.close("testsuite").close("testsuites").toString();
    }

    /** A run that did not come to pass is one test that could not be made. */
    public static String refused(List<Diagnostic> why, Instant now) {
        Map<String, String> suite = suite("localhost", now, 1);
        suite.put("failures", "0");
        suite.put("errors", "1");
        suite.put("skipped", "0");
        suite.put("time", "0.0");
        Xml xml = new Xml().open("testsuites", Map.of());
        xml.open("testsuite", suite).leaf("properties", Map.of(), "");
        xml.open("testcase", attributes("name", "manifest", "classname", "converge", "time", "0.0"));
        String first = why.isEmpty() ? "" : why.get(0).detail();
        xml.leaf("error", attributes("message", first, "type", "refused"), messages(why));
        xml.close("testcase");
        xml.leaf("system-out", Map.of(), "").leaf("system-err", Map.of(), "");
        return xml.close("testsuite").close("testsuites").toString();
    }

    private static Map<String, String> suite(Report report, Map<ResourceReport, Verdict> verdicts) {
        Map<String, String> suite = suite(report.run().host(), report.run().started(), verdicts.size());
        for (String element : List.of("failure", "error", "skipped")) {
            long count = verdicts.values().stream()
                    .filter(verdict -> verdict.is(element))
                    .count();
            suite.put(element.equals("skipped") ? element : element + "s", Long.toString(count));
        }
        Duration whole = report.phases().values().stream().reduce(Duration.ZERO, Duration::plus);
        suite.put("time", time(whole));
        return suite;
    }

    private static Map<String, String> suite(String host, Instant started, int tests) {
        Map<String, String> suite = new LinkedHashMap<>();
        suite.put("id", "0");
        suite.put("package", "converge");
        suite.put("name", host.isEmpty() ? "localhost" : host);
        suite.put("hostname", host.isEmpty() ? "localhost" : host);
        // Ant's schema knows neither fractions nor zones.
        suite.put(
                "timestamp",
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
                        .withZone(ZoneOffset.UTC)
                        .format(started));
        suite.put("tests", Integer.toString(tests));
        return suite;
    }

    private static void properties(Report report, Xml xml) {
        xml.open("properties", Map.of());
        property("run", report.run().id(), xml);
        property("dryRun", Boolean.toString(report.kind() == RunKind.DRY_RUN), xml);
        report.origin().flatMap(Origin::commit).ifPresent(commit -> property("commit", commit, xml));
        xml.close("properties");
    }

    private static void property(String name, String value, Xml xml) {
        xml.leaf("property", attributes("name", name, "value", value), "");
    }

    private void test(ResourceReport resource, Verdict verdict, Xml xml) {
        Map<String, String> attributes = attributes(
                "name", resource.declared().id().name(),
                "classname", resource.declared().id().type(),
                "time", time(resource.took()));
        if (verdict.element().isEmpty()) {
            xml.leaf("testcase", attributes, "");
            return;
        }
        xml.open("testcase", attributes);
        Map<String, String> why = attributes("message", verdict.message(), "type", verdict.type());
        xml.leaf(verdict.element().get(), why, outcomes.of(resource));
        xml.close("testcase");
    }

    /** What a dry run would change is a failure, so that drift is red; what a live run leaves for later is skipped. */
    private Verdict verdict(ResourceReport resource, RunKind kind) {
        Outcome outcome = resource.outcome();
        String pending = kind == RunKind.DRY_RUN ? "failure" : "skipped";
        if (outcome instanceof Outcome.Failed failed) {
            Diagnostic why = failed.diagnostic();
            return Verdict.of(
                    why.code() == Code.BUG ? "error" : "failure", why.code().label(), redactor.redact(why.detail()));
        }
        if (outcome instanceof Outcome.Pending change) {
            return Verdict.of(pending, "pending", changes.summary(change.change(), true, resource.isCorrective()));
        }
        if (outcome instanceof Outcome.PendingRefresh) {
            return Verdict.of(pending, "pending-refresh", "would be refreshed");
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return Verdict.of("skipped", "skipped", skipped.because().toString());
        }
        return Verdict.PASSED;
    }

    private String told(Report report) {
        StringBuilder out = new StringBuilder();
        report.resources().forEach(resource -> out.append(outcomes.of(resource)));
        for (Unmanaged gone : report.noLongerManaged()) {
            out.append("· ").append(Letters.oneLine(gone.id() + " no longer managed, left as it is   " + gone.place()));
            out.append('\n');
        }
        return out.toString();
    }

    private static String messages(List<Diagnostic> messages) {
        return new DiagnosticPrinter(file -> Optional.empty(), false).print(messages);
    }

    private static String time(Duration duration) {
        return Double.toString(Figures.seconds(duration));
    }

    private static Map<String, String> attributes(String... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return attributes;
    }
}
