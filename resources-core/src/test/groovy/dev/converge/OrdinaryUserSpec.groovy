package dev.converge

import dev.converge.accounts.GroupType
import dev.converge.accounts.UserType
import dev.converge.diagnostic.SourceRange
import dev.converge.file.DirectoryType
import dev.converge.file.FileType
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Attribute
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.pkg.PkgType
import dev.converge.process.Rights
import dev.converge.process.ThisProcess
import dev.converge.provider.Backups
import dev.converge.provider.BatchProvider
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.schema.TypeSchema
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** What a dry run of an ordinary user says of changes that only root may make; nothing is changed here. */
class OrdinaryUserSpec extends Specification {
    private static final Rights ORDINARY = new Rights(4711, [4711, 4712] as Set)

    @TempDir
    Path folder

    @Requires({ new File('/usr/sbin/useradd').canExecute() && new File('/var/lib/dpkg/status').exists() })
    def "only root can change a #type, and the check says so"() {
        when:
        check(schema, name, ensure, [:])

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith('Only root can change')
        failure.advice().get() == 'Run Converge as root.'

        where:
        type      | schema          | name                 | ensure
        'user'    | new UserType()  | 'converge-test-none' | Ensure.PRESENT
        'group'   | new GroupType() | 'converge-test-none' | Ensure.PRESENT
        'package' | new PkgType()   | 'converge-test-none' | Ensure.PRESENT
        'package' | new PkgType()   | 'dpkg'               | Ensure.ABSENT
    }

    @Requires({ ThisProcess.root })
    def "a #kind of user #owner and group #group that shall have #wanted is #said"() {
        given:
        def path = folder.resolve('it')
        schema instanceof FileType ? Files.writeString(path, 'old') : Files.createDirectory(path)
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString('rwxr-xr-x'))
        Files.setAttribute(path, 'unix:uid', owner)
        Files.setAttribute(path, 'unix:gid', group)

        when:
        def refused = null
        try {
            check(schema, path as String, Ensure.PRESENT, wanted)
        } catch (ResourceFailure e) {
            refused = e.message
        }

        then:
        said == 'allowed' ? refused == null : refused.contains(said)

        where:
        kind        | schema              | owner | group | wanted           || said
        'file'      | new FileType()      | 4711  | 4711  | [mode: '0600']   || 'allowed'
        'file'      | new FileType()      | 4711  | 4711  | [group: '4712']  || 'allowed'
        'file'      | new FileType()      | 4711  | 4711  | [group: '0']     || 'a group that you are not in'
        'file'      | new FileType()      | 4711  | 4711  | [owner: '0']     || 'to another user'
        'file'      | new FileType()      | 4711  | 4711  | [content: 'new'] || 'allowed'
        'file'      | new FileType()      | 0     | 4711  | [content: 'new'] || 'to another user'
        'file'      | new FileType()      | 0     | 4711  | [mode: '0600']   || 'which belongs to another user'
        'directory' | new DirectoryType() | 4711  | 4711  | [mode: '0700']   || 'allowed'
        'directory' | new DirectoryType() | 4711  | 4711  | [owner: '0']     || 'to another user'
        'directory' | new DirectoryType() | 0     | 0     | [mode: '0700']   || 'which belongs to another user'
    }

    private void check(TypeSchema schema, String name, Ensure ensure, Map<String, String> given) {
        def host = ordinaryHost()
        def desired = schema.create(schema.attributes().collect { component(schema, it, it.role() == Attribute.Role.ID ? name : given[it.name()]) } as Object[])
        def declared = new Declared(new ResourceId(schema.name(), name), desired, ensure, SourceRange.point('site.groovy', 1, 1), Policy.none())
        def provider = schema.newProvider()
        def change = Difference.between(schema, declared, provider.observe(desired, host)).get()
        provider instanceof BatchProvider ? provider.checkAll([change], host).values().each { throw it } : provider.check(change, host)
    }

    private static Object component(TypeSchema schema, Attribute attribute, String given) {
        def text = given ?: attribute.defaultValue().orElse(null)
        switch (attribute.shape()) {
            case Attribute.Shape.ONE: return schema.parse(attribute.index(), text, null)
            case Attribute.Shape.OPTIONAL: return Optional.ofNullable(text).map { schema.parse(attribute.index(), it, null) }
            case Attribute.Shape.LIST: return []
            case Attribute.Shape.MAP: return [:]
            default: return Optional.empty()
        }
    }

    /** This machine, as if an ordinary user ran Converge. */
    private static Host ordinaryHost() {
        def host = new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), {} as Backups)
        host.database(Rights) { ORDINARY }
        host
    }
}
