package dev.converge.augeas

import static dev.converge.augeas.ConfigurationFiles.changedLines
import static dev.converge.augeas.ConfigurationFiles.shipped

import dev.converge.FolderHost
import dev.converge.filesystem.TextFile
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** That an edit changes its own lines and no others, as a property of every value of many files, and beside augtool. */
class OnlyTouchedLinesSpec extends Specification {
    static final int VALUES = 30

    @TempDir
    Path root

    def "any one value of #file can be changed, and no other line is"() {
        given:
        def lensFile = LensFile.of(Path.of(file), KnownLenses.require(Path.of(file)), new FolderHost(root))
        def text = shipped(file)
        def nodes = lensFile.look(text) { tree -> tree.match(tree.root() + '//*').findAll { tree.get(it).present } }

        when:
        def results = spread(nodes).collect { node -> changed(lensFile, text, node) }.findAll { it != null }

        then:
        results.size() > 0
        results.every { it <= 1 }

        where:
        file << ConfigurationFiles.paths()
    }

    /** How many lines another value of a node changes; null when the file cannot hold such a value there. */
    private static Integer changed(LensFile file, String text, String node) {
        try {
            def before = text.readLines()
            def after = file.edited(text) { tree -> tree.set(node, Optional.of(tree.get(node).get() + '1')) }.readLines()
            before.size() == after.size() ? (0..<before.size()).count { before[it] != after[it] } as Integer : Integer.MAX_VALUE
        } catch (ResourceFailure ignored) {
            null
        }
    }

    private static List<String> spread(List<String> nodes) {
        int step = Math.max(1, nodes.size().intdiv(VALUES))
        (0..<nodes.size()).findAll { it % step == 0 }.collect { nodes[it] }
    }

    @Requires({ Files.isExecutable(Path.of('/usr/bin/augtool')) })
    def "#edits of #file give the bytes that augtool writes"() {
        given:
        ConfigurationFiles.copyTo(root)
        def desired = new AugeasResource(
                file, Optional.empty(), Optional.empty(), Optional.empty(), edits.collect { AugeasEdit.parse(it) }, Optional.empty(), false, [])
        def ours = LensFile.of(Path.of(file), desired.syntax(), new FolderHost(root)).edited(shipped(file), new TreeEdit(desired))

        when:
        augtool(file, desired.syntax().module(), edits)

        then:
        Files.readString(root.resolve(file.substring(1))) == ours
        ours != shipped(file)

        where:
        file | edits
        '/etc/ssh/sshd_config' | ['set PermitRootLogin no', 'rm AcceptEnv', 'set AllowUsers/1 root', 'set AllowUsers/2 bob']
        '/etc/ssh/sshd_config' | ['ins Banner before UsePAM', 'set Banner none', 'set Match/Condition/User bob', 'set Match/Settings/X11Forwarding no']
        '/etc/hosts' | ['set 01/ipaddr 192.0.2.7', 'set 01/canonical db', 'set 01/alias[1] a', 'rm 1']
        '/etc/fstab' | ["set *[file = '/']/passno 2", 'mv 2 1', "clear *[file = 'none']/opt[2]", "rm *[file = 'none']/opt[2]"]
        '/etc/sudoers' | ['set spec[1]/host_group/command/tag NOPASSWD']
        '/etc/nginx/nginx.conf' | ['set http/gzip off', 'set events/worker_connections 1024', 'set http/server/listen 80']
        '/etc/mysql/my.cnf' | ["setm target[. = 'mysqld'] port 3307", "rm target[. = 'mysqld']/#comment"]
        '/etc/crontab' | ['setm entry user www', 'rm entry[1]']
        '/etc/login.defs' | ['set UMASK 027', 'mv PASS_MAX_DAYS PASS_X']
    }

    private void augtool(String file, String module, List<String> edits) {
        def tree = "/files$file"
        def commands = edits.collect { absolute(it, tree) } + ['save']
        def process = ['augtool', '-A', '-r', root.toString(), '-t', "${module}.lns incl $file".toString()].execute()
        process.withOutputStream { out -> out << commands.join('\n') + '\n' }
        def said = process.inputStream.text + process.errorStream.text
        assert process.waitFor() == 0 && !said.contains('error')
    }

    /** augtool takes only whole paths. */
    private static String absolute(String line, String tree) {
        def edit = AugeasEdit.parse(line)
        def paths = [SET: [0], SETM: [0], RM: [0], CLEAR: [0], INS: [2], MV: [0, 1]][edit.verb().name()]
        def words = edit.words().withIndex().collect { word, at -> at in paths ? "$tree/$word" : "'$word'" }
        ([edit.verb().name().toLowerCase()] + words).join(' ')
    }

    def "whatever the file's last line and line ends are, an edit gives what the file would be"() {
        given:
        Host host = new FolderHost(root)
        def path = Path.of('/app.conf')
        Files.writeString(root.resolve('app.conf'), 'a = 1\r\nb = 2')

        when:
        def file = LensFile.of(path, LensName.parse('Sysctl'), host)
        def foreseen = TextFile.read(path, host).foresee { text -> file.edited(text) { it.set('a', Optional.of('3')) } }

        then:
        foreseen.get().after().get().text().get() == 'a = 3\r\nb = 2'
        changedLines('a\n', 'b\n') == ['-a', '+b']
    }
}
