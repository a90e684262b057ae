package dev.converge.target

import static dev.converge.target.Plans.file
import static dev.converge.target.Plans.pkg
import static dev.converge.target.Plans.user

import dev.converge.firstboot.Guard
import dev.converge.firstboot.Ownership
import dev.converge.firstboot.Step
import dev.converge.model.Text
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.dataformat.yaml.YAMLMapper

/** Which keys of RancherOS steps get, and what it has nothing for. */
class RancherSpec extends Specification {
    @TempDir
    Path folder

    static final RenderOptions STRICT = new RenderOptions(false, false)
    static final Step RUN = Step.RunCommand.shell('true', Guard.NONE)

    private static Map<String, Object> keys(FirstBootPlan plan) {
        def rendered = new RancherTarget().render(plan, STRICT)
        assert rendered.diagnostics() == []
        def config = new YAMLMapper().readValue(rendered.value().get().bytes(), Map)
        assert RancherForm.errors(config) == []
        config
    }

    private static Step container(Map<String, ?> given = [:], String name) {
        def options = (given.options ?: [:]).collectMany { key, values -> values.collect { new Step.ContainerOption(key, Text.of(it)) } }
        new Step.RunContainer('docker', name, 'nginx:1.27', options, given.command ?: [], given.start != false)
    }

    def "#what"() {
        expect:
        keys(Plans.of(it: [step])) == config

        where:
        what                | step                                                                      || config
        'a host name'       | new Step.SetHostname('node-1')                                            || [hostname: 'node-1']
        'a file'            | file('/etc/a', 'x\n')                                                     || [write_files: [[path: '/etc/a', owner: 'root:root', permissions: '0644', content: 'x\n']]]
        'a key'             | new Step.AuthorizeKey('rancher', 'ssh-ed25519 A a')                       || [ssh_authorized_keys: ['ssh-ed25519 A a']]
        'a mount'           | new Step.Mount('/dev/vdb', Path.of('/srv'), 'ext4', ['ro'], 0, 0, true)   || [mounts: [['/dev/vdb', '/srv', 'ext4', 'ro']]]
        'a kernel setting'  | new Step.SetSysctl('vm.swappiness', '10', Path.of('/etc/sysctl.d/a'))     || [rancher: [sysctl: ['vm.swappiness': '10']]]
        'its state'         | new Step.FormatDisk('/dev/sda', 'ext4', Optional.of('RANCHER_STATE'))     || [rancher: [state: [dev: 'LABEL=RANCHER_STATE', fstype: 'ext4', autoformat: ['/dev/sda']]]]
        'a service of its'  | new Step.SetUnit('ntp.service', Optional.of(false), Optional.empty(), Optional.empty()) || [rancher: [services_include: [ntp: false]]]
        'variables'         | file('/etc/environment', '# x\nA=1\nB="c d"\n')                           || [rancher: [environment: [A: '1', B: 'c d']]]
        'name servers'      | file('/etc/resolv.conf', 'nameserver 9.9.9.9\nnameserver 1.1.1.1\nsearch a.example b.example\n') || [rancher: [network: [dns: [nameservers: ['9.9.9.9', '1.1.1.1'], search: ['a.example', 'b.example']]]]]
        "Docker's settings" | file('/etc/docker/daemon.json', '{"registry-mirrors": ["https://m"], "debug": true}') || [rancher: [docker: [registry_mirror: 'https://m', debug: true]]]
        'a container'       | container('web', command: ['nginx'], options: [publish: ['80:80', '443:443'], env: ['A=b'], restart: ['always'], network: ['host']]) || [rancher: [services: [web: [image: 'nginx:1.27', container_name: 'web', command: ['nginx'], ports: ['80:80', '443:443'], environment: ['A=b'], restart: 'always', net: 'host']]]]
    }

    def "an image is pulled with its container"() {
        given:
        def pull = new Step.ContainerCommand('docker', ['pull', 'nginx:1.27'], Guard.NONE)

        expect:
        keys(Plans.of([image: [pull], web: [container('web')]], [['image', 'web']])) == keys(Plans.of(web: [container('web')]))
    }

    def "#what is refused at the manifest's line"() {
        when:
        def strict = new RancherTarget().render(Plans.of(first: [], it: [step]), STRICT)
        def lenient = new RancherTarget().render(Plans.of(first: [], it: [step]), new RenderOptions(true, false))

        then:
        !strict.ok
        strict.diagnostics()*.at()*.get()*.line() == [2]
        strict.diagnostics()*.suggestion()*.present == [true]
        lenient.diagnostics()*.severity()*.name() == ['WARNING']
        new String(lenient.value().get().bytes(), 'UTF-8').contains('# LEFT OUT: thing[it]  site.groovy:2: ')

        where:
        what                      | step
        'a package'               | pkg('nginx')
        'a user'                  | user('alice')
        'a group'                 | new Step.AddGroup('ops', Optional.empty(), false, [] as Set)
        'a key of another user'   | new Step.AuthorizeKey('root', 'ssh-ed25519 A a')
        'a time zone'             | new Step.SetTimezone('UTC')
        'a state disk of another type' | new Step.FormatDisk('/dev/sda', 'xfs', Optional.of('RANCHER_STATE'))
        'two mirrors'             | file('/etc/docker/daemon.json', '{"registry-mirrors": ["https://m", "https://n"]}')
        'a file of variables'     | container('web', options: ['env-file': ['/etc/web.env']])
        'another file system'     | new Step.FormatDisk('/dev/vdb', 'ext4', Optional.of('data'))
        'a unit of systemd'       | new Step.ReloadUnits()
        'a network of containers' | new Step.ContainerCommand('docker', ['network', 'create', 'x'], Guard.NONE)
        'a stopped container'     | container('web', start: false)
        'an option of docker run' | container('web', options: ['gpus': ['all']])
        'a line that is no variable' | file('/etc/environment', 'export A')
    }

    def "the mount of a manifest is one of its mounts"() {
        when:
        def rendered = new RenderedSite(folder, "mount('/srv') { device '/dev/vdb'; fsType 'ext4'; mounted true }").render('rancheros')

        then:
        rendered.diagnostics() == []
        new YAMLMapper().readValue(rendered.value().get().bytes(), Map) == [mounts: [['/dev/vdb', '/srv', 'ext4', '']]]
    }

    def "a folder is made by what is in it, or asks for it; by shell when nothing does, or when the shell needs it"() {
        given:
        def folder = { new Step.MakeFolder(Path.of(it), Ownership.UNSAID, false) }
        def web = container('web', options: [volume: ['/srv/b:/data']])

        expect:
        keys(Plans.of([a: [folder('/srv/a')], file: [file('/srv/a/x', 'x')], b: [folder('/srv/b')], web: [web]], [['a', 'file'], ['b', 'web']])).keySet() == ['write_files', 'rancher'] as Set
        keys(Plans.of(c: [folder('/srv/c')])).keySet() == ['runcmd'] as Set
        keys(Plans.of([b: [folder('/srv/b')], web: [web], run: [RUN]], [['b', 'web'], ['b', 'run']])).runcmd[0].contains('folder /srv/b')
    }

    def "what comes after a mount is done by shell, and nothing comes after a container"() {
        given:
        def mount = new Step.Mount('/dev/vdb', Path.of('/srv'), 'ext4', [], 0, 0, true)

        when:
        def config = keys(Plans.of([mount: [mount], file: [file('/srv/a', 'x')]], [['mount', 'file']]))
        def refused = new RancherTarget().render(Plans.of([web: [container('web')], run: [RUN]], [['web', 'run']]), STRICT)

        then:
        config.keySet() == ['mounts', 'runcmd'] as Set
        refused.diagnostics()*.at()*.get()*.line() == [2]
    }
}
