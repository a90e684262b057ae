package dev.converge.examples

import dev.converge.testhost.TestHost

/** What can be seen of a host from outside: accounts, packages, units, containers, files with their owners, modes and contents. */
final class HostState {
    /** What differs for a reason of its own: a path, and everything below it. */
    private static final Map<String, String> ELSEWHERE = [
        '/var/log': 'each run writes its own',
        '/var/cache': 'made anew by apt, man and debconf',
        '/var/backups': 'copies that dpkg makes from time to time',
        '/var/tmp': 'of running services',
        '/var/lib/apt': 'lists and time stamps; cloud-init updates them first',
        '/var/lib/dpkg': 'compared as packages; its logs and old copies have times in them',
        '/var/lib/systemd': 'seeds, clocks and time stamps of timers',
        '/var/lib/private': 'of running services',
        '/var/lib/containers': 'compared as containers',
        '/var/lib/cloud': 'what cloud-init remembers',
        '/var/lib/converge': 'what Converge remembers of its runs',
        '/var/lib/mysql': 'a database, with keys and time stamps of its own',
        '/root/user-data': 'of this test',
        '/root/.cache': 'of programs that ran',
        '/etc/cloud': 'of this test',
        '/etc/ssh/ssh_host_': 'cloud-init makes keys of its own for each instance (ssh_deletekeys)',
        '/etc/network/interfaces.d/50-cloud-init': 'cloud-init configures the network',
        '/etc/systemd/network': 'cloud-init configures the network',
        '/home/debian': "the home of cloud-init's default user",
        '/etc/passwd': 'compared as accounts, with its old copy',
        '/etc/group': 'compared as accounts, with its old copy',
        '/etc/shadow': 'compared as accounts, with its old copy',
        '/etc/gshadow': 'compared as accounts, with its old copy',
        '/etc/subuid': 'numbers for the default user come first',
        '/etc/subgid': 'numbers for the default user come first',
    ]
    /** The same for this path alone. */
    private static final Map<String, String> EXCEPT = [
        '/etc/hostname': 'cloud-init writes the name that the platform gives where the manifest gives none',
        '/etc/sudoers': "cloud-init makes its default user's rights be read",
        '/etc/sudoers.dpkg-dist': 'what the package sudo brings, beside the /etc/sudoers that cloud-init has made before',
        '/etc/sudoers.d': "cloud-init makes it for its default user's rights",
        '/etc/sudoers.d/90-cloud-init-users': "the rights of cloud-init's default user",
        '/root/.ssh/authorized_keys': 'cloud-init writes the keys of the platform, of which there are none',
        '/etc/apt/apt.conf.d/90cloud-init-pipelining': 'cloud-init turns pipelining off (apt_pipelining)',
        '/etc/localtime': 'cloud-init makes the same link with the whole path; where it leads a dry run looks',
        '/etc/resolv.conf': 'made by the boot',
        '/etc/machine-id': 'made by the boot',
        '/etc/.pwd.lock': 'of tools for accounts',
        '/etc/ld.so.cache': 'made by the last package',
        '/root': 'cloud-init makes .ssh in it',
        '/root/.ssh': 'cloud-init makes it for the keys of the platform',
    ]
    /** What is compared line by line, in any order. */
    private static final Map<String, String> UNORDERED = [
        '/etc/hosts': 'the workers of a run come to its lines in any order',
    ]
    /** Accounts that cloud-init makes by itself. */
    private static final List<String> DEFAULT_USER = ['debian', 'netdev']

    static Map<String, String> of(TestHost machine) {
        def state = [:]
        ['passwd', 'group', 'shadow'].each { database ->
            machine.run('cat', "/etc/$database").readLines().each { line ->
                def fields = line.split(':', -1) as List
                if (!(fields[0] in DEFAULT_USER)) {
                    state["$database ${fields[0]}" as String] = account(database, fields)
                }
            }
        }
        machine.run('dpkg-query', '-W', '-f', '${Package} ${Version} ${Status}\n').readLines().each { state["package ${it.tokenize(' ')[0]}" as String] = it }
        machine.run('systemctl', 'list-unit-files', '--no-legend', '--plain').readLines().each { state["unit ${it.tokenize(' ')[0]}" as String] = it.tokenize(' ')[1] }
        state.remove('unit cloud-init.target')  // enabled by its generator where there is user-data
        machine.run('systemctl', 'list-units', '--no-legend', '--plain', '--type=service', '--state=running').readLines().each { state["running ${it.tokenize(' ')[0]}" as String] = 'yes' }
        state.remove('running podman.service')  // answers for some seconds after it was asked
        containers(machine).each { state["container ${it.tokenize(' ')[0]}" as String] = it }
        files(machine).each { state[it.key] = it.value }
        state
    }

    /** All of them are the engine's; its command line has to be in a unit to be in a control group. */
    private static List<String> containers(TestHost machine) {
        def asked = '{{.Name}} {{.State.Status}} {{.ImageName}} {{.Config.Cmd}} {{.HostConfig.Binds}} {{.HostConfig.PortBindings}} {{.HostConfig.RestartPolicy}} {{.HostConfig.NetworkMode}}'
        def line = "command -v podman > /dev/null || exit 0; podman ps -aq | xargs -r podman container inspect --format '$asked'"
        machine.run('systemd-run', '--quiet', '--scope', 'sh', '-c', line).readLines()
    }

    /** The day of the last change of a password is left out; cloud-init's default user is in groups of the system. */
    private static String account(String database, List<String> fields) {
        if (database == 'shadow') {
            return (fields[0..1] + fields[3..-1]).join(':')
        }
        if (database == 'group') {
            return (fields[0..2] + [(fields[3].tokenize(',') - DEFAULT_USER).join(',')]).join(':')
        }
        fields.join(':')
    }

    private static Map<String, String> files(TestHost machine) {
        def skipped = ['/proc', '/sys', '/run', '/tmp', '/dev', '/srv/packages', '/usr/share', '/usr/lib'].collectMany { ['-path', it, '-prune', '-o'] }
        def listed = machine.run('find', '/', '-xdev', *skipped, '-printf', '%p\t%y %u:%g %m %l\n').readLines()
        def state = listed.collectEntries { def (path, rest) = it.split('\t', 2) as List; [(path): rest] }
        def sums = machine.run('sh', '-c', "find / -xdev ${skipped.collect { "'$it'" }.join(' ')} -type f -size -1000k -print0 | xargs -0 -r sha256sum")
        sums.readLines().each { line ->
            def path = line.substring(66)
            state[path] = "${state[path]} ${line.substring(0, 12)}" as String
        }
        UNORDERED.keySet().each { state[it] = machine.run('sort', it) }
        state.findAll { path, rest -> !EXCEPT.containsKey(path) && !ELSEWHERE.keySet().any { path.startsWith(it) } }
    }

    static List<String> differences(Map<String, String> expected, Map<String, String> actual) {
        (expected.keySet() + actual.keySet()).toSorted().findAll { expected[it] != actual[it] }.collect {
            "$it: by Converge ${expected[it] ?: 'not there'}, by cloud-init ${actual[it] ?: 'not there'}" as String
        }
    }
}
