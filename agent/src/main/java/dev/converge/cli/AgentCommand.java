package dev.converge.cli;

import dev.converge.agent.Agent;
import dev.converge.agent.AgentParts;
import dev.converge.agent.AgentSettings;
import dev.converge.agent.Answer;
import dev.converge.agent.ControlSocket;
import dev.converge.agent.HandRun;
import dev.converge.agent.Switch;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Suggestions;
import dev.converge.output.KeptReport;
import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code converge agent}: keeps the host, or asks the agent that does. */
final class AgentCommand implements Main.Command {
    private static final List<String> ACTIONS = List.of("run", "once", "status", "enable", "disable");
    private static final int REPLACED = 75;

    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench workbench;
    private final AgentBench bench;

    AgentCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.workbench = new Workbench(arguments, terminal);
        this.bench = new AgentBench(arguments, terminal, workbench);
    }

    @Override
    public int run() throws IOException, InterruptedException {
        String action = arguments.operands().get(0);
        Optional<String> reason = arguments.operand(1);
        if (ACTIONS.contains(action) && reason.isPresent() != action.equals("disable")) {
            throw Failure.usage(
                    reason.isPresent() ? "Too many arguments" : "Missing argument",
                    "\"agent " + action + "\" takes " + (reason.isPresent() ? "no reason." : "a reason."),
                    "Write: converge agent " + action + (reason.isPresent() ? "" : " 'disk is being replaced'"));
        }
        return switch (action) {
            case "run" -> keep();
            case "once" -> once();
            case "status" -> status();
            case "enable" -> enable();
            case "disable" -> disable(reason.orElseThrow());
            default ->
                throw Failure.usage(
                        "Unknown action",
                        "\"agent\" knows no \"" + action + "\".",
                        Suggestions.didYouMean(action, ACTIONS)
                                .orElse("Write: converge agent run, once, status, enable or disable."));
        };
    }

    private int keep() throws InterruptedException {
        AgentSettings settings = bench.settings();
        AgentParts parts = bench.parts(settings, Optional.empty(), bench.log());
        Checked<Agent> opened = Agent.open(parts, settings);
        if (!opened.isOk()) {
            throw new Failure(opened.diagnostics());
        }
        try (Agent agent = opened.value().orElseThrow()) {
            Signals.onInterrupt(agent::stop, workbench.commands()::endAll);
            Signals.onHangUp(agent::reload);
            return agent.run() ? REPLACED : 0;
        }
    }

    private int once() throws IOException, InterruptedException {
        AgentSettings settings = bench.settings();
        Optional<Map<String, Object>> answer = ask(settings, "once");
        if (answer.isPresent()) {
            return tell(answer.get());
        }
        HandRun run = new HandRun(
                bench.parts(
                        settings,
                        Optional.empty(),
                        (level, event, text, fields) -> terminal.complain("converge: " + text + "\n")),
                settings,
                arguments.line());
        Signals.onInterrupt(run::stop, workbench.commands()::endAll);
        Answer own = run.once();
        return show(own.document(), own.exit());
    }

    private static Optional<Map<String, Object>> ask(AgentSettings settings, String request) throws IOException {
        return ControlSocket.ask(new StateDirectory(settings.stateDir()), Map.of("do", request));
    }

    private int tell(Map<String, Object> answer) {
        if (answer.get("report") instanceof Map<?, ?> document && answer.get("exit") instanceof Number exit) {
            return show(document, exit.intValue());
        }
        throw new Failure(Diagnostic.error(
                        Code.RUNTIME_ERROR,
                        "No answer",
                        String.valueOf(answer.getOrDefault("error", "The agent has ended meanwhile.")))
                .suggest("converge agent status; journalctl -u converge-agent"));
    }

    private int show(Map<?, ?> document, int exit) {
        if (arguments.choice(Option.OUTPUT).equals("json")) {
            JsonText.write(document, terminal.out());
        } else if (document.containsKey("run")) {
            TypeRegistry types = TypeRegistry.of(AgentCommand.class.getClassLoader());
            new ToldReport(KeptReport.of(document), types).tell(terminal, arguments.has(Option.VERBOSE));
        } else {
            terminal.complain(new DiagnosticPrinter(
                            file -> Optional.empty(), terminal.errStyle().color())
                    .print(KeptReport.diagnostics(document)));
        }
        return arguments.has(Option.DETAILED_EXITCODE) && document.get("counts") instanceof Map<?, ?> counts
                ? detailed(counts, exit)
                : exit;
    }

    private static int detailed(Map<?, ?> counts, int exit) {
        boolean changed = counts.get("changed") instanceof Number number && number.intValue() > 0;
        return changed ? exit | 2 : exit;
    }

    private int status() throws IOException {
        AgentSettings settings = bench.settings();
        Optional<Map<String, Object>> running = ask(settings, "status").filter(known -> known.containsKey("running"));
        Map<String, Object> tree = running.isPresent() ? running.get() : atRest(settings);
        if (arguments.choice(Option.OUTPUT).equals("json")) {
            JsonText.write(tree, terminal.out());
        } else {
            terminal.print(StatusText.of(tree, terminal.outStyle()));
        }
        return 0;
    }

    /** What the disk tells while no agent runs. */
    private Map<String, Object> atRest(AgentSettings settings) throws IOException {
        return HandRun.atRest(bench.parts(settings, Optional.empty(), bench.log()), settings)
                .tree();
    }

    private int enable() throws IOException {
        AgentSettings settings = bench.settings();
        StateDirectory state = new StateDirectory(settings.stateDir());
        boolean was = new Switch(state).disabled().isPresent();
        new Switch(state).enable();
        ask(settings, "look");
        say(was ? "The agent is enabled.\n" : "The agent was enabled already.\n");
        return 0;
    }

    private int disable(String reason) throws IOException {
        if (reason.isBlank()) {
            throw Failure.usage("Bad argument", "The reason is empty.", "Say why, for whoever wonders.");
        }
        AgentSettings settings = bench.settings();
        String by = Optional.ofNullable(System.getenv("SUDO_USER"))
                .filter(name -> !name.isBlank())
                .orElse(System.getProperty("user.name", ""));
        new Switch(new StateDirectory(settings.stateDir())).disable(reason, by);
        ask(settings, "look");
        say(
                "The agent is disabled; a run that has begun goes on to its end. It stays so until: converge agent enable\n");
        return 0;
    }

    private void say(String text) {
        if (!arguments.has(Option.QUIET)) {
            terminal.print(text);
        }
    }
}
