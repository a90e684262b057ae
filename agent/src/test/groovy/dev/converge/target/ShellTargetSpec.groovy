package dev.converge.target

import dev.converge.firstboot.FirstBoot
import dev.converge.firstboot.Step
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** What a script is like, without running it. */
class ShellTargetSpec extends Specification {
    @TempDir
    Path folder

    private RenderedSite site(String manifest) {
        new RenderedSite(folder, manifest)
    }

    def "the same plan gives the same bytes, with the place of each resource before its lines"() {
        given:
        def one = site("file('/etc/motd') { content 'hello\\n' }\nservice('nginx') { running true }")

        expect:
        one.shell() == one.shell()
        one.shell().contains('# file[/etc/motd] (site.groovy:1)\n')
        one.shell().contains('# service[nginx] (site.groovy:2)\n')
    }

    @Requires({ ['sh', '-c', 'command -v shellcheck'].execute().waitFor() == 0 })
    def "shellcheck and dash have nothing against a script with every step in it"() {
        given:
        Path script = Files.writeString(folder.resolve('out.sh'), site(ShellHostSpec.MANIFEST.replaceAll(/directory\('\/srv\/tree'\).*/, '')).shell(allowSecrets: true))

        expect:
        said('shellcheck', script) == ''
        said('dash', '-n', script) == ''
    }

    private static String said(Object... command) {
        def process = new ProcessBuilder(command*.toString()).redirectErrorStream(true).start()
        process.text
    }

    def "what is made known to something that does nothing about it is not kept"() {
        given:
        def plan = Plans.of([file: [Plans.file('/etc/a', 'x')], it: [Plans.file('/etc/b', 'y')]], [['file', 'it']], [it: refresh])

        expect:
        ShellScript.of(plan.catalog(), plan.parts()).readLines().any { it.startsWith('owe ') } == kept

        where:
        refresh                                    || kept
        []                                         || false
        [new Step.RefreshUnit('a.service', false)] || true
    }

    def "a secret is refused at its line, and left out where that is allowed"() {
        given:
        def one = site("user('app') { password '\$6\$a\$b' }\nfile('/etc/motd') { content 'x' }")

        expect:
        def refused = one.render('shell')
        !refused.ok
        refused.diagnostics()*.at()*.get()*.line() == [1]
        refused.diagnostics()*.code()*.label() == ['target']
        one.render('shell', [lenient: true]).ok
        one.shell(lenient: true).contains('# user[app] (site.groovy:1): left out.')
        !one.shell(lenient: true).contains('$6$a$b')
        one.shell(allowSecrets: true).contains('$6$a$b')
    }

    def "packages are installed in one go, but for those that come after something else or notify something"() {
        when:
        def script = site("""
            pkg 'curl'
            file('/etc/a') { requires pkg['curl'] }
            pkg('later') { requires file['/etc/a'] }
            pkg('zsh') { requires pkg['curl'] }
            pkg('told') { notifies exec['tell'] }
            exec('tell') { command 'true'; refreshOnly true }
            pkg('held') { ensure 'held' }
            pkg('lean') { recommends false }
            pkg('next') { requires pkg['later'] }
            """).shell()

        then:
        script.readLines().findAll { it.startsWith('install_together ') } == ['install_together curl zsh', 'install_together later next']
        ['curl', 'zsh', 'later', 'next', 'told', 'held'].every { script.contains("\ninstall_package $it ''") }
    }

    @Requires({ ['sh', '-c', 'command -v rpm'].execute().waitFor() == 0 })
    def "a package that rpm does not know is not taken for one that is installed"() {
        given: 'a machine that has dnf, and not apt-get'
        ['dnf', 'rpm'].each { Files.createSymbolicLink(folder.resolve(it), Path.of('/usr/bin/rpm')) }

        expect:
        said('sh', '-c', Prelude.of('installed') + "PATH=$folder; installed no-such-package") == ''
    }

    def "a container whose engine no package brings is a warning at its line: #packages"() {
        given:
        def rendered = site("$packages\ncontainer('one') { image 'docker.io/library/busybox:1.36' }\ncontainer('two') { image 'docker.io/library/busybox:1.36' }").render(target)

        expect:
        rendered.ok
        rendered.diagnostics().collect { [it.severity() as String, it.at().get().line()] } == told

        where:
        packages                            | target       || told
        ''                                  | 'shell'      || [['WARNING', 2]]
        ''                                  | 'cloud-init' || [['WARNING', 2]]
        "pkg 'podman'"                      | 'shell'      || []
        "pkg 'docker.io'"                   | 'cloud-init' || []
        "pkg('podman') { ensure 'absent' }" | 'shell'      || [['WARNING', 2]]
    }

    def "a program that several resources need is in the script once"() {
        when:
        def script = site("""
            setting('/etc/login.defs', 'UMASK', '027')
            setting('/etc/login.defs', 'PASS_MAX_DAYS', '90')
            """).shell()

        then:
        script.count('BEGIN {') == site("setting('/etc/login.defs', 'UMASK', '027')").shell().count('BEGIN {')
        script.count('PROGRAM="$shared_1"') == 2
    }

    def "the page on rendering lists each type, and those alone that only Converge makes are said to be"() {
        given:
        def page = Files.readString(Path.of(System.getProperty('user.dir')).parent.resolve('docs/render.md'))
        def rows = page.findAll(/(?m)^\| `(\w+)` \| (.*) \|$/) { whole, type, how -> [type, how] }.collectEntries().findAll { !(it.key in OutputTargets.of(RenderedSite.TYPES).names()) }
        def types = RenderedSite.TYPES.names().findAll { it.matches('[a-zA-Z]+') }

        expect:
        rows.keySet() == types as Set
        rows.findAll { it.value.startsWith('only by Converge') }.keySet() ==
            types.findAll { !(RenderedSite.TYPES.get(it).newProvider() instanceof FirstBoot) } as Set
    }
}
