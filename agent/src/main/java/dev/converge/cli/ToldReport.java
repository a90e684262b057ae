package dev.converge.cli;

import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.output.RunList;
import dev.converge.output.TextReport;
import dev.converge.output.Verbosity;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.RunSummary;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run that is over, told in the words that a run is told in.
 *
 * @param report what came of it
 * @param types the resource types that it may name
 */
record ToldReport(Report report, TypeRegistry types) {
    void tell(Terminal terminal, boolean verbose) {
        List<Declared<?>> declared = new ArrayList<>();
        report.resources().forEach(resource -> declared.add(resource.declared()));
        Catalog catalog =
                Catalog.of(declared, List.of(), List.of(), List.of()).value().orElseThrow();
        TextReport text = new TextReport(
                catalog,
                types,
                file -> Optional.empty(),
                new TextReport.Look(terminal.outStyle(), verbose ? Verbosity.VERBOSE : Verbosity.NORMAL),
                terminal::print);
        terminal.print(RunList.headline(RunSummary.of(report), terminal.outStyle()));
        for (ResourceReport resource : report.resources()) {
            text.resourceFinished(resource);
        }
        if (!report.messages().isEmpty()) {
            DiagnosticPrinter printer = new DiagnosticPrinter(
                    file -> Optional.empty(), terminal.outStyle().color());
            terminal.print(printer.print(report.messages()));
        }
        text.finish(report);
    }
}
