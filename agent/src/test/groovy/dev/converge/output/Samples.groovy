package dev.converge.output

import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.diagnostic.SourceRange
import dev.converge.model.Catalog
import dev.converge.model.Content
import dev.converge.model.Declared
import dev.converge.model.Edge
import dev.converge.model.Ensure
import dev.converge.model.Mode
import dev.converge.model.Policy
import dev.converge.model.Reason
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.AttributeChange
import dev.converge.provider.Change
import dev.converge.provider.Refresh
import dev.converge.report.Caller
import dev.converge.report.Cause
import dev.converge.report.Causes
import dev.converge.report.CommandRun
import dev.converge.report.Origin
import dev.converge.report.Outcome
import dev.converge.report.Report
import dev.converge.report.ResourceReport
import dev.converge.report.Run
import dev.converge.report.RunKind
import dev.converge.schema.TypeRegistry
import java.time.Duration
import java.time.Instant

/** A run in which everything happened that can happen, made by hand. */
final class Samples {
    static final TypeRegistry TYPES = TypeRegistry.of(Samples.classLoader)
    static final Secret PASSWORD = Secret.of('hunter2')
    static final List<String> LINES = (1..30).collect { "notice('line $it')".toString() }
    static final ResourceId PKG = new ResourceId('notice', 'nginx')

    private static int line

    static Catalog catalog(List<ResourceReport> reports) {
        Catalog.of(reports*.declared() as List<Declared<?>>, [], [], [PASSWORD]).value().get()
    }

    static Catalog ordered() {
        line = 0
        def user = declared('notice', 'us"er\\')
        def conf = declared('notice', 'conf')
        def service = declared('notice', 'service')
        Catalog.of(
            [service, conf, user],
            [
                new Edge(conf.id(), service.id(), Edge.Kind.NOTIFY, new Reason.Written('subscribes', place(9))),
                new Edge(user.id(), service.id(), Edge.Kind.ORDER,
                    new Reason.Containment(new ResourceId('Site', 'main'), 'requires', place(12))),
            ],
            [new Edge(user.id(), conf.id(), Edge.Kind.ORDER, new Reason.Automatic('owner'))],
            []).value().get()
    }

    static SourceRange place(int line) {
        new SourceRange('site.groovy', line, 1, line, 7)
    }

    static Declared<?> declared(String type, String name) {
        def schema = TYPES.get(type)
        Object[] values = schema.attributes().collect { attribute ->
            attribute.role().name() == 'ID' ? schema.parse(attribute.index(), name, null) :
                attribute.defaultValue().map { schema.parse(attribute.index(), it, null) }.orElseGet {
                    attribute.shape().name() == 'LIST' ? [] : attribute.shape().name() == 'MAP' ? [:] : Optional.empty()
                }
        }
        new Declared<Resource>(new ResourceId(type, name), schema.create(values), Ensure.PRESENT, place(++line), Policy.none())
    }

    static Change<?> change(Declared<?> declared, Action action, Map<String, List> attributes) {
        def schema = TYPES.get(declared.id().type())
        new Change(declared, action, Optional.empty(), attributes.collect { name, values ->
            new AttributeChange(schema.attribute(name).get(), Optional.ofNullable(values[0]), values[1])
        })
    }

    static ResourceReport report(Declared<?> declared, Outcome outcome) {
        new ResourceReport(declared, outcome, Duration.ZERO, Duration.ofMillis(7))
    }

    static ResourceReport report(Declared<?> declared, Outcome outcome, Causes cause, List<CommandRun> commands) {
        new ResourceReport(declared, outcome, Duration.ZERO, Duration.ofMillis(7), Optional.of(cause), commands)
    }

    static Report run(RunKind kind, List<ResourceReport> reports) {
        def run = new Run('20260131T235959.042Z-4711', 'web-1.example.com', Instant.parse('2026-01-31T23:59:59.042Z'))
        def interrupted = reports.any { it.outcome() instanceof Outcome.Skipped && (it.outcome().because() instanceof Outcome.Because.Interrupted || it.outcome().because() instanceof Outcome.Because.TimeLimit) }
        Report.of(run, kind, interrupted, Duration.ofMillis(1234), reports).after([facts: Duration.ofMillis(4), compile: Duration.ofMillis(20)])
            .from(new Origin(Optional.of('4f' * 20), Optional.of(false), 'a1' * 32, 'b2' * 32, Optional.empty()))
            .by(new Caller('0.1.0', 'converge --tags web /srv/site', 0, 'root', Optional.of('alice')))
            .running([new CommandRun('systemctl list-units --all', 0, Duration.ofMillis(31), false)])
    }

    static Mode mode(String text) {
        Mode.parse(text)
    }

    static List<ResourceReport> live() {
        line = 0
        def file = { declared('file', it) }
        def reports = []
        def motd = file('/etc/motd')
        reports << report(motd, new Outcome.Changed(change(motd, Action.UPDATE,
            [content: [Content.of('one\ntwo\nthree\n'), Content.of('one\n2\nthree\nfour')], mode: [mode('0600'), mode('0644')]]), Optional.empty()),
            new Causes(Cause.HOST, [content: Cause.HOST, mode: Cause.HOST]), [new CommandRun('visudo -cf /etc/.motd.new', 0, Duration.ofMillis(5), false),
                new CommandRun('curl -u hunter2 http://localhost', 137, Duration.ofMillis(3000), true)])
        def made = file('/etc/made')
        reports << report(made, new Outcome.Changed(change(made, Action.CREATE,
            [content: [null, Content.of('hello\n')], owner: [null, 'root']]), Optional.of(Refresh.done())))
        def gone = file('/etc/gone')
        reports << report(gone, new Outcome.Changed(change(gone, Action.DELETE, [:]), Optional.empty()))
        def secret = file('/etc/secret')
        reports << report(secret, new Outcome.Changed(change(secret, Action.UPDATE,
            [content: [Content.of('old\n'), Content.of(Text.of(['pw=', PASSWORD]))]]), Optional.empty()))
        def before = file('/etc/before')
        reports << report(before, new Outcome.Changed(change(before, Action.UPDATE,
            [content: [Content.of('pw=hunter2\nkept\n'), Content.of('pw=new\nkept\n')]]), Optional.empty()))
        reports << report(declared('notice', 'service'), new Outcome.Refreshed())
        reports << report(declared('notice', 'same'), new Outcome.InSync(Optional.empty()))
        reports << report(declared('notice', 'hello'), new Outcome.InSync(Optional.of(Text.of(['two\nlines, ', PASSWORD]))))
        def broken = file('/nope/x')
        def failure = Diagnostic.error(Code.RESOURCE_FAILED, 'Resource failed', 'The folder /nope does not exist.')
            .at(broken.source()).suggest('Declare directory(\'/nope\').')
        reports << report(broken, new Outcome.Failed(failure, Optional.empty(), Optional.empty()))
        reports << report(declared('notice', 'after'), new Outcome.Skipped(new Outcome.Because.DependencyFailed(broken.id())))
        reports << report(declared('notice', 'untagged'), new Outcome.Skipped(new Outcome.Because.NotTagged()))
        reports << report(declared('notice', 'rest'), new Outcome.Skipped(new Outcome.Because.Interrupted()))
        reports
    }

    static List<ResourceReport> dry() {
        line = 0
        def file = { declared('file', it) }
        def reports = []
        def motd = file('/etc/motd')
        reports << report(motd, new Outcome.Pending(change(motd, Action.UPDATE,
            [mode: [mode('0600'), mode('u=rw,go=r')]]), Optional.empty(), Optional.of(Refresh.done())))
        def made = file('/etc/nginx/site')
        reports << report(made, new Outcome.Pending(change(made, Action.CREATE,
            [content: [null, Content.of('a\n' * 40)]]), Optional.of(PKG), Optional.empty()))
        def gone = file('/etc/gone')
        reports << report(gone, new Outcome.Pending(change(gone, Action.DELETE, [:]), Optional.empty(), Optional.empty()))
        reports << report(declared('notice', 'service'), new Outcome.PendingRefresh())
        reports << report(declared('notice', 'same'), new Outcome.InSync(Optional.empty()))
        reports
    }
}
