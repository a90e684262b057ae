package dev.converge.file

import dev.converge.FolderHost
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.model.ResourceId
import dev.converge.provider.DeclaredResources
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.schema.TypeRegistry
import dev.converge.tidy.TidyProvider
import dev.converge.tidy.TidyType
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** What a purge, a copy or a tidying of a folder leaves to the resources that are declared below it. */
class KeptBelowSpec extends Specification {
    @TempDir
    Path root

    @TempDir
    Path site

    private Catalog catalog(String manifest) {
        Files.createDirectories(site.resolve('files/tree'))
        Files.writeString(site.resolve('files/tree/f'), 'of the source')
        Files.writeString(site.resolve('site.groovy'), manifest)
        def compiled = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
            .compile(Site.open(site.resolve('site.groovy')).value().get(), new Facts(new FixedFacts([:])))
        assert compiled.diagnostics().empty
        compiled.value().get()
    }

    private void converge(Catalog catalog, String type, String name) {
        def host = new FolderHost(root)
        DeclaredResources.publish(catalog, host)
        def provider = type == 'tidy' ? new TidyProvider() : new DirectoryProvider()
        def schema = type == 'tidy' ? new TidyType() : new DirectoryType()
        Declared declared = catalog.resources().find { it.id() == new ResourceId(type, name) }
        Difference.between(schema, declared, provider.observe(declared.desired(), host))
            .ifPresent { provider.apply(it, host) }
    }

    private void present(String... paths) {
        paths.each {
            def file = root.resolve(it.substring(1))
            Files.createDirectories(file.parent)
            Files.writeString(file, 'there')
        }
    }

    private boolean there(String path) {
        Files.exists(root.resolve(path.substring(1)))
    }

    def "a purge of #folder leaves #file to what declares it"() {
        given:
        present(file, "$folder/stray")

        when:
        converge(catalog("directory('$folder') { purge true; force true }\n$manifest"), 'directory', folder)

        then:
        there(file)
        !there("$folder/stray")

        where:
        folder                     | manifest                                                                                                       || file
        '/etc/systemd/system'      | "unit('a.service') { service ExecStart: '/bin/true' }"                                                          || '/etc/systemd/system/a.service'
        '/etc/systemd/system'      | "unit('a.service.d/b') { service Nice: 10 }"                                                                    || '/etc/systemd/system/a.service.d/b.conf'
        '/etc/systemd/system'      | "timer('a') { onCalendar 'daily'; command '/bin/true' }"                                                        || '/etc/systemd/system/a.timer'
        '/etc/systemd/system'      | "timer('a') { onCalendar 'daily'; command '/bin/true' }"                                                        || '/etc/systemd/system/a.service'
        '/etc/sysctl.d'            | "sysctl 'vm.swappiness', '10'"                                                                                  || '/etc/sysctl.d/99-converge-vm.swappiness.conf'
        '/etc/apt/sources.list.d'  | "aptRepository('a') { uris 'file:/a'; suites './'; trusted true }"                                              || '/etc/apt/sources.list.d/a.sources'
        '/etc/apt/keyrings'        | "aptRepository('a') { uris 'file:/a'; suites './'; key '/a.asc' }"                                              || '/etc/apt/keyrings/a.asc'
        '/etc/apt/preferences.d'   | "aptRepository('a') { uris 'file:/a'; suites './'; trusted true; pinPriority 10 }"                              || '/etc/apt/preferences.d/a.pref'
        '/etc/containers/systemd'  | "container('a') { image 'b'; managedBy 'systemd' }"                                                             || '/etc/containers/systemd/a.container'
        '/etc/ssh/sshd_config.d'   | "setting('/etc/ssh/sshd_config.d/a.conf', 'UsePAM', 'no') { lens 'Sshd' }"                                      || '/etc/ssh/sshd_config.d/a.conf'
        '/etc/ssh/sshd_config.d'   | "augeas('a') { incl '/etc/ssh/sshd_config.d/a.conf'; lens 'Sshd'; set 'UsePAM', 'no' }"                         || '/etc/ssh/sshd_config.d/a.conf'
        '/etc'                     | "hostName 'a'"                                                                                                  || '/etc/hostname'
        '/etc'                     | "timezone 'Europe/Berlin'"                                                                                      || '/etc/timezone'
        '/etc'                     | "mount('/srv/data') { device '/dev/sdb1' }"                                                                     || '/etc/fstab'
        '/srv'                     | "gitCheckout('/srv/app') { repository '/repository' }"                                                          || '/srv/app/.git/HEAD'
        '/srv'                     | "archive('/srv/app') { source '/a.tar' }"                                                                       || '/srv/app/bin/program'
        '/srv'                     | "mount('/srv/data') { device '/dev/sdb1' }"                                                                     || '/srv/data/deep/treasure'
        '/srv'                     | "directory('/srv/app') { source 'tree' }"                                                                       || '/srv/app/f'
        '/srv'                     | "directory('/srv/app') { purge true; ignore 'cache' }"                                                          || '/srv/app/cache/x'
    }

    @Requires({ new File('/proc/self').toPath().with { Files.getAttribute(it, 'unix:uid') == 0 } })
    def "another file system that is mounted below is neither purged nor removed"() {
        given:
        ['srv/data', 'srv/a/b'].each { Files.createDirectories(root.resolve(it)) }
        present('/srv/stray', '/srv/a/stray')
        def mounts = ['srv/data', 'srv/a/b'].collect { root.resolve(it) as String }
        mounts.each { assert ['mount', '-t', 'tmpfs', 'tmpfs', it].execute().waitFor() == 0 }
        present('/srv/data/treasure', '/srv/a/b/treasure')

        when:
        converge(catalog("directory('/srv') { purge true; force true }"), 'directory', '/srv')

        then:
        there('/srv/data/treasure') && there('/srv/a/b/treasure')
        !there('/srv/stray') && !there('/srv/a/stray')

        when:
        converge(catalog("directory('/srv') { ensure 'absent'; force true }"), 'directory', '/srv')

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('another file system is mounted at')
        there('/srv/data/treasure')

        cleanup:
        mounts.each { ['umount', it].execute().waitFor() }
    }

    def "a directory that is only declared is purged with the one above it"() {
        given:
        present('/srv/app/stray')

        when:
        converge(catalog("directory('/srv') { purge true; force true }\ndirectory('/srv/app') { mode '0700' }"), 'directory', '/srv')

        then:
        there('/srv/app')
        !there('/srv/app/stray')
    }

    def "without purge too, a tree has no say over what another resource declares below it: #above"() {
        given:
        present('/srv/f', '/srv/app/x')
        ['srv/f', 'srv/app/x'].each { Files.setAttribute(root.resolve(it), 'unix:mode', 0600) }

        when:
        converge(
            catalog("directory('/srv') { $above }\nfile('/srv/f') { mode '0600' }\ngitCheckout('/srv/app') { repository '/repository' }"),
            'directory',
            '/srv')

        then:
        Files.readString(root.resolve('srv/f')) == 'there'
        ['srv/f', 'srv/app/x'].every { (Files.getAttribute(root.resolve(it), 'unix:mode') as int) % 01000 == 0600 }

        where:
        above << ["fileMode '0644'", "source 'tree'", "source 'tree'; fileMode '0644'"]
    }

    def "what is declared is left alone by whatever path: #sweeper and #manifest"() {
        given:
        present('/run/app/kept', '/run/app/stray')
        Files.createDirectories(root.resolve('var'))
        Files.createSymbolicLink(root.resolve('var/run'), Path.of('../run'))
        Files.createSymbolicLink(root.resolve('run/link'), Path.of('app/kept'))

        when:
        converge(catalog("$sweeper\n$manifest"), sweeper.startsWith('tidy') ? 'tidy' : 'directory', folder)

        then:
        there('/run/app/kept')
        !there('/run/app/stray')

        where:
        folder         | sweeper                                                   | manifest
        '/var/run/app' | "tidy('/var/run/app') { matches '*' }"                     | "file('/run/app/kept') { mode '0644' }"
        '/run/app'     | "tidy('/run/app') { matches '*' }"                         | "file('/var/run/app/kept') { mode '0644' }"
        '/var/run/app' | "directory('/var/run/app') { purge true; force true }"     | "file('/run/app/kept') { mode '0644' }"
        '/run/app'     | "directory('/run/app') { purge true; force true }"         | "line('/run/link', 'a')"
    }

    def "a tidying does not go into what another resource answers for"() {
        given:
        present('/srv/app/old.log', '/srv/old.log')

        when:
        converge(
            catalog("tidy('/srv') { matches '*.log'; recurse true; age '0s' }\ngitCheckout('/srv/app') { repository '/repository' }"),
            'tidy',
            '/srv')

        then:
        there('/srv/app/old.log')
        !there('/srv/old.log')
    }
}
