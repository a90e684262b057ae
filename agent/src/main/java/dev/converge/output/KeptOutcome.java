package dev.converge.output;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.output.KeptReport.Gone;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Refresh;
import dev.converge.report.Outcome;
import dev.converge.report.Outcome.Because;
import dev.converge.report.Outcome.Hold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came of one resource, from what was kept of it. */
final class KeptOutcome {
    private KeptOutcome() {}

    static Outcome of(Declared<Gone> declared, DocumentPart tree) {
        return switch (tree.text("outcome")) {
            case "in-sync" -> inSync(tree);
            case "changed" -> new Outcome.Changed(change(declared, tree), refresh(tree));
            case "refreshed" -> new Outcome.Refreshed();
            case "pending" ->
                new Outcome.Pending(
                        change(declared, tree), tree.find("once").map(KeptReport::id), refresh(tree), hold(tree));
            case "pending-refresh" -> new Outcome.PendingRefresh(hold(tree));
            case "failed" -> failed(declared, tree);
            case "skipped" -> new Outcome.Skipped(because(tree));
            default -> throw new IllegalArgumentException("it has an outcome \"" + tree.text("outcome") + "\"");
        };
    }

    private static Outcome inSync(DocumentPart tree) {
        return tree.find("notRefreshed")
                .<Outcome>map(Outcome.NotRefreshed::new)
                .orElseGet(() -> new Outcome.InSync(tree.find("message").map(Text::of)));
    }

    private static Outcome failed(Declared<Gone> declared, DocumentPart tree) {
        Diagnostic diagnostic = tree.object("diagnostic")
                .map(KeptReport::diagnostic)
                .orElseThrow(() -> new IllegalArgumentException(declared.id() + " has failed without a diagnostic"));
        Optional<Change<?>> made = tree.has("action") ? Optional.of(change(declared, tree)) : Optional.empty();
        return new Outcome.Failed(diagnostic, made, tree.find("trace"));
    }

    private static Optional<Refresh> refresh(DocumentPart tree) {
        return tree.isTrue("refreshed")
                ? Optional.of(Refresh.done())
                : tree.find("notRefreshed").map(Refresh::skipped);
    }

    private static Optional<Hold> hold(DocumentPart tree) {
        return tree.object("waits").map(HoldJson::read);
    }

    private static Because because(DocumentPart tree) {
        DocumentPart because = tree.object("because")
                .orElseThrow(() -> new IllegalArgumentException("a resource is skipped without a reason"));
        return switch (because.text("reason")) {
            case "dependency-failed" -> new Because.DependencyFailed(KeptReport.id(because.text("id")));
            case "not-tagged" -> new Because.NotTagged();
            case "time-limit" -> new Because.TimeLimit();
            default -> new Because.Interrupted();
        };
    }

    private static Change<Gone> change(Declared<Gone> declared, DocumentPart tree) {
        Action action = Action.valueOf(tree.text("action").toUpperCase(Locale.ROOT));
        List<String> diff = lines(tree.find("diff"));
        List<AttributeChange> attributes = new ArrayList<>();
        for (DocumentPart attribute : tree.objects("attributes")) {
            AttributeChange change = attribute(attribute, diff);
            attributes.add(change);
            // The diff of a change is told once, with the first content in it.
            diff = change.after() instanceof KeptContent ? List.of() : diff;
        }
        List<FileEdit> edits = tree.objects("files").stream()
                .map(file -> new FileEdit(
                        Path.of(file.text("path")),
                        Optional.empty(),
                        Optional.of(new KeptContent(Optional.empty(), 0, lines(file.find("diff"))))))
                .toList();
        return new Change<>(declared, action, Optional.empty(), attributes, edits);
    }

    private static AttributeChange attribute(DocumentPart tree, List<String> diff) {
        Object after = tree.value("after").orElse("");
        Optional<Object> before = tree.value("before");
        Attribute attribute = attribute(tree.text("name"), tree.isTrue("recreates"));
        boolean masked =
                after.equals(Secret.MASK) || before.filter(Secret.MASK::equals).isPresent();
        Optional<KeptContent> content = masked && diff.isEmpty() ? Optional.empty() : KeptContent.of(after, diff);
        if (content.isPresent()) {
            return new AttributeChange(
                    attribute, before.flatMap(value -> KeptContent.of(value, List.of())), content.get());
        }
        return masked
                ? new AttributeChange(attribute, before.map(value -> Secret.of(Secret.MASK)), Secret.of(Secret.MASK))
                : new AttributeChange(attribute, before, after);
    }

    private static Attribute attribute(String name, boolean recreates) {
        return new Attribute(
                0,
                name,
                String.class,
                Attribute.Shape.OPTIONAL,
                Attribute.Role.PROPERTY,
                Optional.empty(),
                List.of(),
                false,
                false,
                false,
                false,
                false,
                recreates,
                "");
    }

    private static List<String> lines(Optional<String> text) {
        return text.map(whole -> Arrays.asList(whole.substring(0, whole.length() - (whole.endsWith("\n") ? 1 : 0))
                        .split("\n", -1)))
                .orElse(List.of());
    }
}
