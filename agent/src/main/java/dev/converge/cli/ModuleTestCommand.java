package dev.converge.cli;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.language.Site;
import dev.converge.module.SiteModules;
import dev.converge.testing.TestRun;
import dev.converge.testing.runner.SpecRun;
import dev.converge.testing.runner.TestReport;
import dev.converge.testing.runner.TestText;
import dev.converge.testing.runner.TestXml;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code converge module test}: runs the specs of a module or a site. They need Spock, which no other command loads: the
 * first process starts a second one that has it on its class path.
 */
final class ModuleTestCommand implements Main.Command {
    private static final int FAILED = 4;

    private final Arguments arguments;
    private final Terminal terminal;

    ModuleTestCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    @Override
    public int run() throws IOException, InterruptedException {
        Path home = home();
        if (!TestingProcess.isThis()) {
            return TestingProcess.run(words(home)).orElseGet(this::ended);
        }
        try {
            return test(home);
        } finally {
            TestingProcess.finished();
        }
    }

    private int ended() {
        terminal.complain(
                "converge: The specs ended their process before all of them had run: one of test/*Spec.groovy,"
                        + " or what it calls, uses System.exit or Runtime.halt, or something has killed it.\n");
        return FAILED;
    }

    private Path home() throws IOException {
        String named = arguments.operand(1).orElse(".");
        Path home = Path.of(named).toAbsolutePath().normalize();
        if (!Files.isDirectory(home)) {
            throw new Failure(Diagnostic.error(Code.USAGE, "No such folder", "There is no folder " + named + ".")
                    .suggest("Name the folder of a module, or of a site with a test/ in it."));
        }
        return home.toRealPath();
    }

    private List<String> words(Path home) {
        List<String> words = new ArrayList<>(List.of("module", "test", home.toString()));
        words.add(Option.TEST_FORM.word() + "=" + arguments.choice(Option.TEST_FORM));
        arguments.value(Option.STATE_DIR).ifPresent(folder -> {
            words.add(Option.STATE_DIR.word());
            words.add(Path.of(folder).toAbsolutePath().toString());
        });
        for (Option option : List.of(Option.UPDATE_GOLDENS, Option.NO_COLOR, Option.VERBOSE)) {
            if (arguments.has(option)) {
                words.add(option.word());
            }
        }
        return words;
    }

    private int test(Path home) throws IOException, InterruptedException {
        boolean xml = arguments.choice(Option.TEST_FORM).equals("junit");
        boolean update = arguments.has(Option.UPDATE_GOLDENS) || Boolean.getBoolean("converge.updateGoldens");
        TestText text = new TestText(terminal.outStyle());
        TestRun run =
                new TestRun(home, new Workbench(arguments, terminal).state().manifests(), update);
        Checked<TestReport> done = aside(new SpecRun(run, result -> {
            if (!xml) {
                terminal.print(text.of(result));
            }
        }));
        TestReport report = done.value()
                .orElseThrow(() -> Failure.in(
                        new Site(home, Path.of(Site.ENTRY), true, Checked.of(SiteModules.NONE)), done.diagnostics()));
        terminal.print(xml ? TestXml.of(report) : text.end(report));
        return report.failed() ? FAILED : 0;
    }

    /** What a spec prints must not get into the results. */
    private Checked<TestReport> aside(SpecRun specs) throws IOException, InterruptedException {
        PrintStream out = System.out;
        System.setOut(terminal.err());
        try {
            return specs.report();
        } finally {
            System.setOut(out);
        }
    }
}
